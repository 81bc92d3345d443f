"""Customers' databases: connecting to them, testing, introspecting and copying them, and querying them read-only."""
