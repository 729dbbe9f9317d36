"""What an entry of the record says to a person. Codes that have no words of their own stay readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ACTIONS: Final[Mapping[str, str]] = {
    "referral.accepted": "Referral came in",
    "referral.opened": "Referral opened",
    "list.opened": "List of referrals opened",
    "session.started": "Signed in",
    "second_factor.policy_set": "Second step for everybody: changed",
    "session.ended": "Signed out, or a session ended",
    "sign_in.failed": "Sign-in refused",
    "sign_in.words_fit": "Six words fitted, second step asked",
    "authenticator.added": "Authenticator app added",
    "authenticator.removed": "Authenticator app removed",
    "second_factor.removed": "Second step ended by an owner",
    "inbox.key_replaced": "Alarm: an inbox’s key was replaced",
    "practice.established": "The first keys were made",
    "owner.invited": "First owner invited",
    "user.invited": "User invited",
    "user.joined": "User came in by invitation",
    "user.recovered": "Let back in by the recovery sheet",
    "user.removed": "User removed",
    "recovery.renewed": "New recovery sheet",
    "access.refused": "Refused: for an owner only",
    "record.opened": "Record opened",
    "record.exported": "Record exported",
    "setting.changed": "Setting changed",
    "setting.undone": "Setting put back",
    "health.checked": "Mail and address checked",
    "record.verified": "Record’s chain checked",
}
_ACTORS: Final[Mapping[str, str]] = {
    "office": "An office",
    "patient": "A patient",
    "worker": "The server",
    "desk": "The desk",
    "command": "A command on the server",
}
_KINDS: Final[Mapping[str, str]] = {
    "user": "A user",
    "recovery": "The recovery sheet",
    "invitation": "An invitation",
}


def say_action(action: str) -> str:
    """“Colleague merged” for `colleague.merged`, where there is nothing better."""
    plain = action.replace(".", " ").replace("_", " ")
    return _ACTIONS.get(action) or plain[:1].upper() + plain[1:]


def say_actor(actor: str, names: Mapping[str, str]) -> str:
    """The name of a user, or what else acted."""
    kind, _, who = actor.partition(":")
    if kind == "user" and who in names:
        return names[who]
    return _ACTORS.get(actor) or _KINDS.get(kind) or actor
