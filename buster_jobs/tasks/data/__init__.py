"""Tasks and assets that copy, refresh, import and clean up data."""
