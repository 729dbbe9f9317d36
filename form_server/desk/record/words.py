"""What an entry of the record says to a person. Codes that have no words of their own stay readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACTIONS: Final[Mapping[str, str]] = {
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
    "referral.acknowledged": "Referral first seen, or its reminders paused",
    "referral.claimed": "Referral taken",
    "referral.assigned": "Referral given to a colleague",
    "referral.released": "Referral let go, for somebody else to take",
    "referral.rang": "Call, text or e-mail tapped",
    "referral.ring_interrupted": "Call, text or e-mail held back: a colleague was on it",
    "referral.attempt_undone": "Try taken back",
    "referral.fit_marked": "Fit marked",
    "referral.closing": "Ending picked; answers still missing",
    "referral.closing_stopped": "Kept open after all",
    "referral.closed": "Referral closed",
    "referral.reopened": "Referral opened again",
    "referral.moved": "Referral sealed anew for another inbox",
    "referral.purged": "Contents removed by the rule for keeping",
    "referral.purged_seen": "Closed referral without contents looked at",
    "referral.erased": "Contents erased on request",
    "referral.unreadable": "Referral looked at that does not open",
    "referral.sought": "Need of a referral noted, for a colleague",
    "referral.clock_put_right": "Clock put right after the server’s time was wrong",
    "appointment.booked": "First appointment noted",
    "appointment.removed": "First appointment taken back",
    "estimate.asked": "Cost estimate asked for",
    "estimate.given": "Cost estimate given",
    "estimate.made": "Cost estimate made",
    "estimate.not_given": "Cost estimate: not given after all",
    "reply.letter_made": "Letter for the office made",
    "inbox.opened": "Inbox looked through",
    "inbox.searched": "Inbox searched",
    "inbox.granted": "User let into an inbox",
    "inbox.ungranted": "User’s way into an inbox ended",
    "inbox.rotated": "New key for an inbox",
    "quarantine.opened": "Referrals kept aside looked at",
    "waitlist.opened": "Waitlist looked at",
    "owed.opened": "What is owed looked at",
    "gaps.opened": "What people needed looked at",
    "colleague.opened": "Colleague looked at",
    "colleagues.opened": "Colleagues looked through",
    "colleagues.exported": "Table of colleagues taken out",
    "colleagues.listed": "List of colleagues for the website taken out",
    "colleagues.imported": "Table of colleagues taken in",
    "copy.referral": "Copy of a referral taken",
    "copy.patient": "Copy of all about a patient taken",
    "copy.figures": "Table of figures taken",
    "copy.all": "Copy of everything taken",
    "copy.ended": "Copy of everything finished",
    "patient.sought": "Patient looked for",
    "patient.opened": "Everything about a patient looked at",
    "access.read": "Who looked at what: looked at",
    "access.copied": "Who looked at what: copy taken",
    "passkey.added": "Passkey added",
    "passkey.removed": "Passkey removed",
    "recipients.set": "Who is told: changed",
    "channel.tested": "Way of being told tried",
    "absence.added": "Time off noted",
    "absence.removed": "Time off taken back",
    "openings.counted": "Openings counted",
    "openings.removed": "Openings taken off the board",
    "claims.lasting_set": "How long a taken referral is held: changed",
    "source.thanked": "Source thanked",
    "user.role_set": "User’s role changed",
    "user.relocked": "User’s six words renewed",
    "invitation.taken_back": "Invitation taken back",
    "delivery.dropped": "Messages given up",
    "delivery.held": "Messages held back",
    "delivery.released": "Messages let go",
    "record.verified": "Record checked",
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
    return ACTIONS.get(action) or plain[:1].upper() + plain[1:]


def say_actor(actor: str, names: Mapping[str, str]) -> str:
    """The name of a user, or what else acted."""
    kind, _, who = actor.partition(":")
    if kind == "user" and who in names:
        return names[who]
    return _ACTORS.get(actor) or _KINDS.get(kind) or actor
