"""Do people give the same thing the same code: agreement between, within and with a standard."""
