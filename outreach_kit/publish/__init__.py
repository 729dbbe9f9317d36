"""What is stale, written beside and swapped in: the one room of the core that writes to disk.

Nothing is imported here: a build that finds nothing changed must not pay for the rest.
"""
