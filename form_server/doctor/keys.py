"""Keys and people: what opens the state, who can open each inbox, and who is told."""

from __future__ import annotations

from form_server.awaiting import awaited_owner
from form_server.doctor.findings import Finding, Findings, fail, ok, warn
from form_server.expected import OtherState, StateMissing, require_expected_state
from form_server.ledger import Channel, HolderKind, Inbox, Ledger, NotFound
from form_server.recovery_sheet import find_sheet
from form_server.settings import Settings
from form_server.vault import KeyDamaged, PublicKey, ServerKey


def check_server_key(settings: Settings) -> Findings:
    try:
        require_expected_state(settings)
    except (StateMissing, OtherState) as error:
        yield fail("server key", str(error))
        return
    if not settings.key_file.is_file():
        todo = (
            "For a new installation run `python -m form_server init`; else put the key file back."
        )
        yield fail("server key", f"there is none at {settings.key_file}.", todo)
        return
    key = ServerKey.load(settings.key_file)
    if settings.key_fingerprint:
        yield ok("server key", f"{key.fingerprint}, as expected.")
    else:
        yield warn(
            "server key",
            f"{key.fingerprint}, and nothing says that it is the right one.",
            f"Set HANDOFF_KEY_FINGERPRINT={key.fingerprint}: an unmounted disk is noticed then.",
        )


def check_inboxes(ledger: Ledger, settings: Settings) -> Findings:
    inboxes = ledger.inboxes.all()
    waits = awaited_owner(ledger)
    if not inboxes and waits is not None:
        yield fail(
            "owner",
            f"{waits.email} has not taken up the invitation yet, so offices are told to phone. It "
            f"is good until {waits.expires_at:%Y-%m-%d %H:%M} UTC.",
            "Have them open their link; for a new one: python -m form_server init --invite EMAIL",
        )
    elif not inboxes:
        yield fail("inboxes", "there is none.", "Run: python -m form_server init")
    for inbox in inboxes:
        yield _judge_keys(ledger, inbox)
        yield from _judge_recipients(ledger, inbox, settings)


def check_recovery(ledger: Ledger) -> Findings:
    if awaited_owner(ledger) is not None:
        yield warn("recovery sheet", "there is none yet.", "It is made when the owner comes in.")
    elif ledger.people.recovery_key() is None:
        todo = "Run: python -m form_server init"
        yield fail("recovery sheet", "there is none, so a lost passphrase loses everything.", todo)
    elif (sheet := find_sheet(ledger)) is not None:
        yield fail(
            "recovery sheet",
            f"its file still lies at {sheet}, and opens everything.",
            "Print it, lock the paper away, and delete the file.",
        )
    else:
        yield ok("recovery sheet", "its file is gone from where it was written.")


def _judge_keys(ledger: Ledger, inbox: Inbox) -> Finding:
    subject = f"inbox of {inbox.name}"
    try:
        key = ledger.inboxes.active_key(inbox.id)
        public = PublicKey.from_bytes(key.public_key)
    except (NotFound, KeyDamaged) as error:
        return fail(subject, "nothing can be sealed to it.", str(error))
    openers = [
        user for user in ledger.people.users() if _opens(ledger, inbox, key.version, user.id)
    ]
    if not openers:
        todo = "Let a user back in with the recovery sheet."
        return fail(subject, "no user can open what is sealed to it.", todo)
    recovery = ledger.people.recovery_key()
    if recovery is None or not _opens(ledger, inbox, key.version, recovery.id, HolderKind.RECOVERY):
        todo = "Rotate its key at the desk, which includes the sheet again."
        return fail(subject, "the recovery sheet does not open it.", todo)
    who = ", ".join(user.name for user in openers)
    return ok(subject, f"key {public.fingerprint} (version {key.version}), opened by {who}.")


def _opens(
    ledger: Ledger, inbox: Inbox, version: int, holder: str, kind: HolderKind = HolderKind.USER
) -> bool:
    held = ledger.inboxes.grants_for(kind, holder)
    return any((one.inbox_id, one.version) == (inbox.id, version) for one in held)


def _judge_recipients(ledger: Ledger, inbox: Inbox, settings: Settings) -> Findings:
    subject = f"recipients of {inbox.name}"
    recipients = ledger.inboxes.recipients(inbox.id)
    if not recipients:
        todo = "Add one: python -m form_server recipient add"
        yield fail(subject, "nobody is told of a referral.", todo)
        return
    if settings.webhook is None and any(one.channel is Channel.WEBHOOK for one in recipients):
        todo = "Set HANDOFF_WEBHOOK_SECRET, or remove that recipient."
        yield fail(subject, "a webhook is to be told, and nothing signs it.", todo)
    yield from _judge_openers(ledger, inbox, subject)
    channels = ", ".join(one.channel.value for one in recipients)
    if len(recipients) == 1:
        todo = "Add a second channel or person: python -m form_server recipient add"
        yield warn(subject, f"one address only ({channels}), so nothing can be escalated.", todo)
    else:
        yield ok(subject, f"{len(recipients)} ({channels}), in this order.")


def _judge_openers(ledger: Ledger, inbox: Inbox, subject: str) -> Findings:
    """Whoever is called must open what comes in now: a changed key may have left somebody out."""
    try:
        version = ledger.inboxes.active_key(inbox.id).version
    except NotFound:
        return  # said of the inbox itself
    names = {user.id: user.name for user in ledger.people.users()}
    told = {one.user_id for one in ledger.inboxes.recipients(inbox.id) if one.user_id is not None}
    for user_id in sorted(told):
        if not _opens(ledger, inbox, version, user_id):
            yield fail(
                subject,
                f"{names.get(user_id, 'somebody who is gone')} is told of referrals and cannot open "
                f"them (key version {version}).",
                f"Run: python -m form_server inbox grant {inbox.id} --to THEIR-ADDRESS, or remove "
                "them from the recipients.",
            )
