"""The guard's rules for PostgreSQL: lexical rules, node kinds, functions, types."""
