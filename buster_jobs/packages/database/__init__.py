"""Our own PostgreSQL: what the system knows and remembers, in a room for each subject.

SQLAlchemy takes as long to import as half of Dagster, and a code location must load quickly: task files and what they
import at load time import these modules inside functions.
"""
