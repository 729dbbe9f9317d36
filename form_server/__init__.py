"""Catches referrals, forwards them, loses none; the therapist's private desk."""
