"""Metrics of the system."""
