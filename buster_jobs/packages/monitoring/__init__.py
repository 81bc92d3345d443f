"""How the system is doing, in numbers."""
