"""The PostgreSQL server, embedded or of BUSTER_DATABASE_URL: its processes, connections, keepalive, reconnection."""
