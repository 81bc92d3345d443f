"""The guard: reads a query before any database does, and lets through only what its lists allow."""

from buster_jobs.packages.data_sources.guard.check import guard_query as guard_query
