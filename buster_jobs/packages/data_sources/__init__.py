"""Customers' databases: connecting to them, testing, introspecting and copying them, and querying them read-only.

A query passes three layers: (a) the guard checks it, (b) the database is told to refuse writes and to end what runs too
long, (c) our own timer ends it otherwise. See docs/data-sources.md.
"""
