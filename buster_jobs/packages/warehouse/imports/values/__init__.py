"""Conversion of single values: from text to canonical text of a PostgreSQL type, or to the reason why it is bad."""
