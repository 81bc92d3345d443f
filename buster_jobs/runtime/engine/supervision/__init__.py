"""Processes beside the workers that look after runs: cancellation, deadlines, lost workers, dead letters, alerts."""
