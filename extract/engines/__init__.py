"""What reads a report: the embedded rules, and whatever else keeps the protocol of `base`."""
