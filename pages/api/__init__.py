"""HTTP routes beside the pages: health, exports, fonts."""
