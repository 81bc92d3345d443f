"""The DuckDB adapter: a file below one folder, read by a process of its own, which a kill or a memory limit can end."""
