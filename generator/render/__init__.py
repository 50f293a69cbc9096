"""Render: cables and catalogue to the text of pages, through templates/; `site` is where to begin."""
