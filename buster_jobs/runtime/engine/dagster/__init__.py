"""Dagster's own ground: storage, events, runs and plans. Only this room imports Dagster's private names."""
