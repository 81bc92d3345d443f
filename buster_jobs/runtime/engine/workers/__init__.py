"""Warm workers: the pool that forks them, how one claims and executes runs, and how a process runs one itself."""
