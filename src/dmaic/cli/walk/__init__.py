"""The guided way through a phase: explain, ask, keep, and go on."""
