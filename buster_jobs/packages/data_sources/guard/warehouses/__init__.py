"""What the SQL of Snowflake, BigQuery, Redshift and SQL Server needs of the guard. Tried without their servers only."""
