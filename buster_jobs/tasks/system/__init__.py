"""Tasks that maintain the system: clean-up, and replay of failed runs."""
