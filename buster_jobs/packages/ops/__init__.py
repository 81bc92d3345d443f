"""What people are told: for now, operators of what went wrong. When and why is decided by whoever calls."""
