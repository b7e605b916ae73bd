"""A loopback endpoint that speaks as much of the protocol as we use, and fails as told."""
