"""Cleaning, decided per column: churn flags, money and numbers, dates."""
