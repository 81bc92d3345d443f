"""Data sources, who may see what of them, and what syncs, imports and views record about tables."""
