"""The functional core: a practice's vocabulary, promises, pages and sheets. No database, no Flask, no mail."""
