"""Alembic's folder of migrations of the schema `buster`. migrate.py runs them."""
