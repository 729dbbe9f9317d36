"""One referral at the desk: what it says, how to call, what was tried, how it ended."""
