"""Prompts in a terminal: lists, lines, keys and signals."""
