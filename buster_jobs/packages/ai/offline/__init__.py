"""The offline analyst: answers questions from the catalog, without a model. Entry point: `analyst.answer_offline`.

A question goes through reading (text to readings), meaning (readings to a draft), plans (draft to plans), sql (plans to
queries) and saying (plans and results to sentences).
"""
