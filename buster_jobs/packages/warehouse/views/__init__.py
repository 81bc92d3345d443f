"""Organizations' materialized views: registered, kept in order, refreshed. Knows no Dagster."""
