"""Alerts to operators: the outbox, its delivery, and the channels that settings name."""
