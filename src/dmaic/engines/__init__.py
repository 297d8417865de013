"""Where the aggregate SQL of a churn table runs."""
