"""What MySQL's SQL needs of the guard: spelling, dialect, and the lists of what a query may hold."""
