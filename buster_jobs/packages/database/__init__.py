"""Our own PostgreSQL: the server, and tables with their functions, in a package for each subject.

SQLAlchemy takes as long to import as half of Dagster, and a code location must load quickly: task files and what they
import at load time import these modules inside functions.
"""
