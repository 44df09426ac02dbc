"""The pure core: what is asked, what was answered, what follows; no files, clock, words or terminal."""
