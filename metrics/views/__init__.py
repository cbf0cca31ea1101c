"""The special views behind the charts: each one a function from an engine to a small frame, shaped as it says."""
