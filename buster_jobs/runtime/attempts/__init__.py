"""One attempt of a step: payload check, deadline, function, job record, and what follows when it failed."""
