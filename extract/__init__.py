"""Government work reports in, checked records out."""

__version__ = "0.1.0"
