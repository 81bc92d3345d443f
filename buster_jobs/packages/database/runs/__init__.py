"""The records of runs: queue, job records, attempts, outcomes, dead letters, alerts, idempotency keys, steps."""
