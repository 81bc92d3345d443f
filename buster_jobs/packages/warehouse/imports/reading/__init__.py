"""Sources as batches of text: one module for each format. What values mean, and where they go, is not known here."""
