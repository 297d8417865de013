"""Control charts: limits, run rules, and which chart suits which figures."""
