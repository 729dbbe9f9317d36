"""The functional core: a practice's vocabulary, promises, pages and sheets; no database, no Flask."""
