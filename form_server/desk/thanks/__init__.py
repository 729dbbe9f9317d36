"""Thank-yous on paper: who is owed a card, the words, the print run, the mail."""
