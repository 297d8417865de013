"""The working papers of a project, with their arithmetic and their rules of completeness."""
