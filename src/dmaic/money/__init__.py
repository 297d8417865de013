"""What churn costs, what a fix recovers and what it recovered, in money."""
