"""Data sources, permissions for them, and the records of syncs, imports and views."""
