"""Erasing one person everywhere: rows, pre-images, older versions, originals."""
