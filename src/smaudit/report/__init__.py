"""Any result in words, in any format."""
