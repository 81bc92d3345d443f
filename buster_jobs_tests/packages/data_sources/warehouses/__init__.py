"""Tests of the warehouses' adapter: what can be tried without their servers, and its read path on PostgreSQL."""
