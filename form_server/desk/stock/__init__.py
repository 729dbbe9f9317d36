"""What offices have left of cards, brochures and pads, and what to print before it runs out."""
