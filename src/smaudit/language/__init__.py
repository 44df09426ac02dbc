"""The words of one language, and how text of both directions is put together."""
