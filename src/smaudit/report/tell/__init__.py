"""What is said of a result: one story a file, told once for all formats."""
