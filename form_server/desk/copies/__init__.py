"""Copies that leave the desk: of one referral, of all, and of the figures."""
