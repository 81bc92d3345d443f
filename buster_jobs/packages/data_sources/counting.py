"""How much effort counting rows may cost, where an engine's estimate is missing or too rough."""

# Below this many rows an estimate is counted: it costs a millisecond, and small tables are where people notice.
COUNTED_BELOW = 10_000
# At most so many rows are counted per table, so many seconds per table, and so many seconds in all.
COUNT_AT_MOST = 1_000_000
SECONDS_PER_TABLE = 1.0
SECONDS_IN_ALL = 5.0
