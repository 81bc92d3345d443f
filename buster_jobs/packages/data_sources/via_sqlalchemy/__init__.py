"""Snowflake, BigQuery, Redshift and SQL Server through their SQLAlchemy dialects. Untested on real servers."""
