"""Statistics: small arrays or tables in, frozen results out; no files, no printing."""
