"""The demo: real flights data in a database of its own, and an organization that asks about it. No tasks use this."""
