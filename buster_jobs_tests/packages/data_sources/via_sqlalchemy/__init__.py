"""Tests of the engines behind SQLAlchemy: URLs, failures, and the read path, for which a PostgreSQL server is used."""
