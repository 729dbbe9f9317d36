"""Those who refer, as a book: the list, one office, what is printed for them, taken in and saved."""
