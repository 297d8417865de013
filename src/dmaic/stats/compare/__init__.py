"""Did it work: two groups of customers, or two times, set against each other."""
