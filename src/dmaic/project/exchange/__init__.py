"""A whole project in one file."""
