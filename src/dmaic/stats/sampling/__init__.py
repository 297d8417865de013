"""Samples: how many are enough, and what the answers of a few say about all."""
