"""Engagement templates: phases, steps, documents, tollgate criteria and roles, as data."""
