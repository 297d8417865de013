"""Documents of the Measure phase."""
