"""How columns go together: coefficients with intervals, and what is seen of them."""
