"""What DOCX and PPTX share: their packages, theme, reference documents and the measure of text."""
