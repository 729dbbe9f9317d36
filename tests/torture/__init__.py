"""Kills the server again and again while offices post and the mail server misbehaves."""
