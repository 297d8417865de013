"""Documents of the Analyze phase."""
