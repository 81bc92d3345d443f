"""The offline analyst: answers questions from the catalog, without a model. Entry point: `analyst.answer_offline`."""
