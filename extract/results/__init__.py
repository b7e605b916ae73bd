"""Results on disk: one JSON file a report, and the manifest of the folder."""
