"""How long customers stay: survival curves, hazards, tests, and the triangle of cohorts."""
