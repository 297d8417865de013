"""Datasets and the analyses that are saved of them."""
