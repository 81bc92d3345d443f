"""Retention: how long our own rows are kept, and the deletion of expired ones."""
