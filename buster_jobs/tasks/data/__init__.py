"""Tasks and assets that copy, refresh and import data."""
