"""`make chaos`: kill every part of a running system and check that no run is lost; tests that the checks work."""
