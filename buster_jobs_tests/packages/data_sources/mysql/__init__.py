"""Tests of the adapter, against the real engine."""
