"""From the text of a question to its readings: what each span of words can mean in this database."""
