"""Documents as a project keeps them: versions, drafts, differences."""
