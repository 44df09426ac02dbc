"""smaudit: a company assesses its own social media practices against five misconceptions."""

__version__ = "0.1.0"
