"""What offices ask, and the talks that they ask for: read, answered, and a day agreed."""
