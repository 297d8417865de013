"""Analyses: an export in, a result out. Each opens, asks, checks and hands over to `stats`."""
