"""Tasks of the AI analyst."""
