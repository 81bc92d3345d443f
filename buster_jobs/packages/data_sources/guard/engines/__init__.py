"""The rules of each engine: how the guard reads, checks and writes its SQL. `rules()` of a module makes them."""
