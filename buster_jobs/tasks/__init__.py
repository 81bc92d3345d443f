"""One file per task. Dagster only: what a task does lives in packages/, what every task gets lives in runtime/."""
