"""A report's tree, written in Typst's language and typeset by it."""
