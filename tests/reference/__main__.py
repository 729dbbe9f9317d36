"""Writes every made piece of the documentation anew."""

from tests.reference import PIECES

for piece in PIECES:
    piece.write()
