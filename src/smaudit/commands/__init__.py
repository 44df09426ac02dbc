"""The commands of `smaudit`, one a file: parse, load, compute, deliver."""
