"""The inbox: every referral that the user may open, found again, and those written down by hand."""
