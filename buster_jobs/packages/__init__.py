"""All business logic. Imports no Dagster, and nothing from tasks/ or runtime/; usable from a notebook."""
