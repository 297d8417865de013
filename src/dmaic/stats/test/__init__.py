"""Hypothesis tests: whether groups differ by more than chance, and by how much."""
