"""The SQLite adapter, on the standard library: a file below one folder, opened read-only for each query."""
