"""How much of what was measured is the measuring: gage R&R, crossed."""
