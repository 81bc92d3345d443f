"""Reaching PostgreSQL: the embedded server or the one of BUSTER_DATABASE_URL, connections, keepalive, reconnecting."""
