"""Pages as values: a module for each kind of page, with all that its template receives."""
