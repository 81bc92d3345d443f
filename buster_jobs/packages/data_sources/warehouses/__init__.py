"""Snowflake, BigQuery, Redshift and SQL Server through their SQLAlchemy dialects. Untested: no server was asked yet."""
