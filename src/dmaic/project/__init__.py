"""The tracked project: its items, their journal, and the rules of the method."""
