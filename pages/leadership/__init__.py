"""Pages for leadership: the company as a whole."""
