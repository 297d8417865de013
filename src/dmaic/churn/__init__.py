"""A churn export, opened: source, columns and their roles, cleaned cells, findings."""
