"""Tests of the PostgreSQL adapter, against a real server."""
