"""Whom to see: this week, a morning with its paper, a visit written down, and a calendar that follows."""
