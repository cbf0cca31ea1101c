"""One page a department."""
