"""The catalogue's rows, by kind; each kind's views stand in the folder of the same name in `views`."""
