"""The AI analyst: turns a question about a data source into an answer with its SQL. Entry point: `agent`.

`model` lets a language model answer, `offline` answers by rules; both read schemas with `schema`.
"""
