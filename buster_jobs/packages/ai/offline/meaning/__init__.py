"""From readings to a draft: what the readings of one question ask for together, before tables are joined."""
