"""What a schema means: implied keys, joins, times, units, deleted rows, names, and what statistics know of values.

Both analysts use it. Everything follows from a catalog, statistics, or a query to the data source.
"""
