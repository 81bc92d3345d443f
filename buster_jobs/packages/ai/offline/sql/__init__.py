"""From a plan to SQL: the tree of its query, and what each engine writes instead."""
