"""What is built from this tree holds all that it needs, wherever it is installed."""
