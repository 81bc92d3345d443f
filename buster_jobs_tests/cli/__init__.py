"""Tests. Mirrors buster_jobs/."""
