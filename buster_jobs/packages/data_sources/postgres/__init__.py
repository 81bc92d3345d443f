"""The PostgreSQL adapter, on psycopg 3 itself: SQLAlchemy hides protocol, cursor and cancel, which are its safety."""
