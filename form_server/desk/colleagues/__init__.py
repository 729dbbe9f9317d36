"""Colleagues to send people on to: the directory, and what became of each referral sent on."""
