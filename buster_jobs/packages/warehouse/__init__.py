"""The organizations' warehouse, in our own PostgreSQL: copies of data sources' tables, imports, and views of both."""
