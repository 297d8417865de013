"""Benefits: planned, realised month by month, signed by Finance, rolled up."""
