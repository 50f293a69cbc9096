"""Pictures as values: what an inline SVG draws, in units of the picture."""
