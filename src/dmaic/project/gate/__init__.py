"""Tollgates: judged, submitted, signed, sent back, reopened."""
