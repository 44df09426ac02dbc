"""Many sheets as one table, scored by whichever engine holds it; the only user of Narwhals."""
