"""Markdown: text made harmless in it, and blocks written as it."""
