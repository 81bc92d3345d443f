"""Helpers of the runtime's tests: small tasks, code locations, and runs of them."""
