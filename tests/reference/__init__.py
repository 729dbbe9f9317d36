"""What the documentation says that is made from the code: `python -m tests.reference` writes it anew."""

from tests.reference.pieces import PIECES, Piece

__all__ = ["PIECES", "Piece"]
