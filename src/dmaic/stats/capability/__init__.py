"""Capability: how well a stable process keeps within its limits, or how often it fails."""
