"""Bodies of pages in the API: blocks as data, rich text as safe HTML, no number of a database row."""
