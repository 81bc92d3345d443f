"""The AI analyst: turns a question about a data source into an answer with its SQL."""
