"""The ground floor of the reading: what words are, whatever report they stand in. Imports nothing of ours."""
