"""dmaic: Lean Six Sigma against customer churn."""

__version__ = "0.1.0"
