"""Documents of the Improve phase."""
