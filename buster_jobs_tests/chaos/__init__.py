"""Everything at once goes wrong, and nothing may be lost: `make chaos`, and the proof that its checks bite."""
