"""From text to what PostgreSQL takes for a type, canonically, or to the reason why not. Knows no rows and no files."""
