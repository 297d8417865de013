"""Where a project stands, and what comes next."""
