"""The search index: what a site knows of its cables' words, cut into pieces of which a browser takes a few."""
