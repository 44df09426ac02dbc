"""The only reader and writer of files: guarded reading, atomic saving, one session to a sheet."""
