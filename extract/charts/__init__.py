"""Charts of the tables, from one grammar of graphics."""
