"""The way of a file, room by room: sniff, read, match, check, load."""
