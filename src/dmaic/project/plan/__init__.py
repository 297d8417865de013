"""The mutual action plan, promises kept, and the logs of risks, issues and decisions."""
