"""Documents of the Control phase."""
