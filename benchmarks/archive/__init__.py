"""Drives batches over a large archive of small instances."""
