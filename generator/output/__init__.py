"""What commands print at their end: for a person, laid out for the width of the terminal, or as JSON."""
