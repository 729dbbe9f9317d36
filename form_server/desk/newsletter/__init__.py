"""The newsletter: chosen, looked at, sent, followed, and who is on its list."""
