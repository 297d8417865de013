"""The database of an engagement: three tables, read and written with a journal."""
