"""One module per kind of page: from the practice's facts to a plain value that a template places."""
