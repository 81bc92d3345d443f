"""Each module prints what it measured against what, and writes it as JSON. `make bench` runs them all."""
