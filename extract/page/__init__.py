"""The page on a run: one HTML file to send to a colleague."""
