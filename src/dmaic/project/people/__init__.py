"""The team, its functions and roles."""
