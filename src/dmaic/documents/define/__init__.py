"""Documents of the Define phase."""
