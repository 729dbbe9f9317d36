"""Gifts: what was given to whom, against a line of caution, and when cookies are a good idea."""
