"""Organizations' materialized views: registered, ordered by what they read, refreshed, checked."""
