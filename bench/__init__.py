"""Measurements: ratios within one run, never a timed test. `make bench` prints one table."""
