"""The analyst that lets a language model answer, with tools that read the database."""
