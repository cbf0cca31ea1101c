"""The commands of `python -m pages.pack`."""
