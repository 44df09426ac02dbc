"""Results for scripts: JSON with its schemas, and tables."""
