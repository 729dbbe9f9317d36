"""How the vault says no. Whatever was altered, moved or locked for somebody else ends in one of these."""

from __future__ import annotations

from outreach_kit.errors import HandoffError


class VaultRefused(HandoffError):
    """Base of every refusal to open something; its text holds ids, never what was sealed."""


class BoxRefused(VaultRefused):
    """A sealed box did not open; the room that asked says what that means to a person."""

    def __init__(self) -> None:
        super().__init__(
            "Sealed bytes did not open: they were altered or moved, or another key sealed them. "
            "Restore them from a backup, or use the key that belongs to them."
        )


class KeyDamaged(VaultRefused):
    """Bytes kept as a key are none."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(
            f"The stored {kind} is damaged and cannot be used. Restore it from a backup."
        )
