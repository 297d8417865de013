"""Layouts: Jinja2 templates of people, filled in a sandbox with plain data."""
