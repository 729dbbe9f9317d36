"""The house as a stranger runs it: real processes, real ports, a real SMTP server."""
