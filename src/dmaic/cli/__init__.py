"""The front door: parse, call, return a result."""
