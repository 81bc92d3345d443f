"""HTTP requests from us to addresses that settings or customers name."""
