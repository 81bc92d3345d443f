"""From a trigger to its row in the queue: tags, idempotency keys, submission, and how a run is stopped."""
