"""How long our own rows are kept, and their removal when their time has passed."""
