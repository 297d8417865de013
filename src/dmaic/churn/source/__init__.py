"""A source, opened: any file, several files or a frame become one table expression."""
