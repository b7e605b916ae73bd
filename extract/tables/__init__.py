"""Tables: facts and records as rows, written out and read in."""
