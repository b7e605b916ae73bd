"""The figures that the README gives, measured: `python -m benchmarks`."""
