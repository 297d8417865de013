"""Reports: a project in, Markdown out of layouts; pandoc and typst make the documents of it."""
