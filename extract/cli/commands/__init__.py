"""One module a command: `EXAMPLE` and `command`, with all heavy imports inside."""
