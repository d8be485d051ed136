"""Trains burntin's own network for finding text from pictures that the
generator of `benchmarks/` draws (its train split only)."""
