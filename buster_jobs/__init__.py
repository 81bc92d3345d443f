"""buster_jobs: the background-job system of Buster, as a Dagster code location."""
