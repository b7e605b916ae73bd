"""A run over many sources: find them, work through them, save, compare, remember."""
