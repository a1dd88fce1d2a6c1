"""Articles and comparisons as text, Markdown, HTML and JSON. Pure: the caller writes."""
