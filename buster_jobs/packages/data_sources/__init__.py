"""A customer's database: connect, test, introspect, query read-only. Knows nothing of our own tables."""
