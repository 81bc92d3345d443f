"""Imports of files and queries into an organization's tables: read, check, stage, deduplicate, load."""
