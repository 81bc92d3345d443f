"""What a role may do besides reading, so that the operator can be warned. See docs/data-sources.md."""

from typing import Any

import psycopg

_ROLE = """
SELECT rolsuper, rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles
WHERE rolname = current_user
"""
# Roles that PostgreSQL makes itself, whose members reach files, other sessions or every table.
_POWERS = """
SELECT rolname::text FROM pg_roles
WHERE rolname IN ('pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
    'pg_signal_backend', 'pg_maintain', 'pg_checkpoint', 'pg_create_subscription', 'pg_database_owner')
    AND pg_has_role(oid, 'USAGE')
ORDER BY 1
"""
_WRITABLE = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND has_schema_privilege(n.oid, 'USAGE')
    AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
ORDER BY 1 LIMIT 4
"""
_SCHEMAS = """
SELECT quote_ident(nspname) FROM pg_namespace
WHERE nspname <> 'information_schema' AND nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE') ORDER BY 1 LIMIT 4
"""
_DATABASE = "SELECT 1 WHERE has_database_privilege(current_database(), 'CREATE')"


def write_warnings(connection: psycopg.Connection[tuple[Any, ...]]) -> tuple[str, ...]:
    """A sentence for each kind of right beyond reading. In a transaction."""
    warnings: list[str] = []
    superuser, manages = connection.execute(_ROLE).fetchone() or (False, False)
    if superuser:
        return ("The user is a superuser, whom a read-only transaction does not hold: give us a role that only reads.",)
    if manages:
        warnings.append("The user may make roles or databases, replicate, or bypass row security.")
    for query, sentence in (
        (_POWERS, "The user is a member of {}."),
        (_DATABASE, "The user may make schemas in the database."),
        (_SCHEMAS, "The user may make tables in {}."),
        (_WRITABLE, "The user may write to {}."),
    ):
        if names := [str(row[0]) for row in connection.execute(query.encode())]:
            warnings.append(sentence.format(_listed(names)))
    return tuple(warnings)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", and more" if len(names) > 3 else "")
