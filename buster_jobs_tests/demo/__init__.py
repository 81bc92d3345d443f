"""Tests of the demo's data."""
