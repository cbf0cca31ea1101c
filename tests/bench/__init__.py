"""Benchmarks: `make bench`. Ratios of two things measured in one run, so that a slow machine does not lie."""
