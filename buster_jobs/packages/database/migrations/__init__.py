"""Alembic's folder: how the schema `buster` came to be. Run by `migrate.py`; nothing else imports it."""
