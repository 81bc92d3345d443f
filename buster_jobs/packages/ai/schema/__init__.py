"""What a schema means: keys that names imply, times, units, deleted rows, joins, what statistics know of values.

Both analysts use it. It is told a catalog, statistics, or a data source to ask.
"""
