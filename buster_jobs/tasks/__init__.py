"""The tasks, one file for each. The work of a task is in packages/, what every task gets is in runtime/."""
