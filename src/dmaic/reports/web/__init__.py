"""Reports as pages for a browser: the body, its looks, and the page around it."""
