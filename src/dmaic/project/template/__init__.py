"""The life of a template in a project: brought up to date, answered anew, taken out again."""
