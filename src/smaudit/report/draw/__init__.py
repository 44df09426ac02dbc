"""How a document looks: one format a file."""
