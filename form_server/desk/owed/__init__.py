"""What is owed beside the first call: further tries, estimates, thank-yous, and what other rooms add."""
