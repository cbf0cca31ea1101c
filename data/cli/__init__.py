"""The commands of `python -m data`, one file a group; `data/__main__.py` puts them together."""
