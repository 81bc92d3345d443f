"""The analyst that asks a language model, which looks into the database with tools."""
