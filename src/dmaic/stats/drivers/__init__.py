"""What goes with churn: regression of who is lost on what an export knows of the customers."""
