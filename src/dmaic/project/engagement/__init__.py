"""Engagements and the life of their projects, from `init` to the next cycle."""
