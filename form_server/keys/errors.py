"""What can keep a change of keys from being made."""

from __future__ import annotations

from collections.abc import Iterable

from outreach_kit.errors import HandoffError


class NotAllowed(HandoffError):
    """Only an owner, or who has the recovery sheet, changes who can open what."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} is not an owner of this practice, so nothing was changed. Sign in as an "
            "owner, or use the recovery sheet."
        )


class NoSuchUser(HandoffError):
    """Nobody signs in with that address."""

    def __init__(self, email: str, known: Iterable[str]) -> None:
        self.email = email
        self.known = tuple(known)
        super().__init__(
            f"Nobody signs in as {email}. Give the address of a user: {', '.join(self.known)}."
        )


class NoSuchInbox(HandoffError):
    """No inbox has that name."""

    def __init__(self, wanted: str, known: Iterable[str]) -> None:
        self.wanted = wanted
        self.known = tuple(known)
        super().__init__(
            f"There is no one inbox named “{wanted}”. Give one of these: {', '.join(self.known)}."
        )


class NothingToRecover(HandoffError):
    """There is no recovery key, because the practice was never founded here."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The ledger at {where} has no keys yet: run `python -m form_server init` first, or "
            "restore the backup that this recovery sheet belongs to."
        )


class NotHeld(HandoffError):
    """Nobody can hand on what they cannot open."""

    def __init__(self, inboxes: Iterable[str]) -> None:
        self.inboxes = tuple(inboxes)
        super().__init__(
            f"Your key does not open all of: {', '.join(self.inboxes)}. Ask somebody who can open "
            "it, or use the recovery sheet."
        )


class LastOwner(HandoffError):
    """Without an owner nobody could add or remove anybody."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} is the only owner, so nothing was changed. Make somebody else an owner first."
        )


class NobodyLeft(HandoffError):
    """An inbox that nobody can open would fill unread."""

    def __init__(self, inbox: str) -> None:
        self.inbox = inbox
        super().__init__(
            f"Nobody else can open the inbox {inbox}, so nothing was changed. Let somebody else "
            "open it first."
        )


class InboxTaken(HandoffError):
    """A clinician has one inbox, and so has the front desk."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"The inbox {name} receives those referrals already: nothing was made.")


class KeyReplaced(HandoffError):
    """A public key in the tables is not that of the private key it stands for.

    Somebody who can write to the database may have put their own in its place, to read what is
    sealed to it from then on.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"The stored public key of {what} is not the one that belongs to it: the database was "
            "altered. Stop the server, keep a copy of the database as it is, and restore the last "
            "backup from before; what came in since may be readable for a stranger."
        )
