"""Everything about one patient: found, read, copied, corrected, and erased."""
