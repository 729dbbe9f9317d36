"""What patient and source are answered: drafted, reviewed, sent or set aside, before it closes."""
