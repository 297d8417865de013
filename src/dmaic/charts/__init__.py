"""One file a chart: a result in, a matplotlib figure out."""
