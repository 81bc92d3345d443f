"""Readers, one module for each format: they turn a source into batches of text, without interpreting values."""
