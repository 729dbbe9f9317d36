"""All checks in the order in which one builds on the other; one that fails does not end the rest."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import datetime
from functools import partial

from form_server.doctor.agreed import check_agreements
from form_server.doctor.database import check_database, check_processes
from form_server.doctor.domain import Lookup, make_lookup
from form_server.doctor.findings import Finding, Findings, fail, ok
from form_server.doctor.host import check_host
from form_server.doctor.keys import check_inboxes, check_recovery, check_server_key
from form_server.doctor.mail import check_mail_server, look_at_sender
from form_server.doctor.overrides import check_overrides
from form_server.doctor.proxies import check_proxies
from form_server.doctor.records import (
    check_audit,
    check_backup,
    check_deliveries,
    check_ledger,
    check_rows,
)
from form_server.doctor.running import check_server
from form_server.doctor.sending import send_to_all
from form_server.doctor.site import check_site
from form_server.doctor.state import check_clock, check_disk, check_files
from form_server.ledger import Ledger, sqlite_file, tool_address
from form_server.sender_look import SenderLook, keep_look
from form_server.settings import Settings, SettingsError
from outreach_kit.errors import ContentError, HandoffError
from outreach_kit.practice import Practice, load_practice
from outreach_kit.promise import promise_by


def examine(
    env: Mapping[str, str],
    clock: Callable[[], datetime],
    *,
    send: bool = False,
    look_up: Lookup | None = None,
) -> Iterator[Finding]:
    """Findings as they are made; `send` sends a test message to every recipient."""
    try:
        settings = Settings.from_env(env, serving=True)
    except SettingsError as error:
        for problem in error.problems:
            yield fail("settings", str(problem))
        return
    yield ok("settings", "can stand.")
    try:
        practice = load_practice(settings.practice)
        yield _judge_promise(practice, clock())
    except ContentError as error:
        for wrong in error.problems:
            yield fail("practice folder", str(wrong))
        return
    yield from _guarded("server key", lambda: check_server_key(settings))
    yield from _guarded("files", lambda: check_files(settings))
    yield from _guarded("disk", lambda: check_disk(settings))
    yield from _guarded("host", lambda: check_host(settings, env))
    is_sound = yield from _look_into_ledger(settings, practice, clock, send=send)
    keep = partial(_keep, settings) if is_sound else _drop
    yield from _guarded("server", lambda: check_server(settings))
    yield from _guarded("proxies", lambda: check_proxies(settings))
    yield from _guarded("website", lambda: check_site(settings, practice))
    mail = settings.mail
    if mail is not None:
        yield from _guarded("mail server", lambda: check_mail_server(mail, clock()))
        names = look_up or make_lookup()
        yield from _guarded("sender", lambda: look_at_sender(mail, names, clock(), keep))


def _judge_promise(practice: Practice, now: datetime) -> Finding:
    """Counting one for this moment needs hours, holidays and time zone to be there."""
    try:
        by = promise_by(now, practice.hours, practice.promise, practice.time_zone)
    except HandoffError as error:
        return fail("practice folder", str(error))
    local = by.astimezone(practice.time_zone)
    return ok("practice folder", f"a referral now would be promised by {local:%A %H:%M}.")


def _look_into_ledger(
    settings: Settings, practice: Practice, clock: Callable[[], datetime], *, send: bool
) -> Generator[Finding, None, bool]:
    """What was found in it; whether it can be worked with."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.is_file():
        todo = "Run `python -m form_server init`, or bring a backup back with `restore`."
        yield fail("ledger", f"there is none at {file}.", todo)
        return False
    try:
        with Ledger.open(settings.database_url, clock=clock) as ledger:
            found = list(check_ledger(ledger))
            yield from found
            if any(one.verdict == "fail" for one in found):
                return False
            now = clock()
            checks: tuple[tuple[str, Callable[[], Findings]], ...] = (
                ("audit", lambda: check_audit(ledger)),
                ("inboxes", lambda: check_inboxes(ledger, settings)),
                ("recovery sheet", lambda: check_recovery(ledger)),
                ("deliveries", lambda: check_deliveries(ledger, now)),
                ("desk", lambda: check_overrides(practice, ledger)),
                ("backup", lambda: check_backup(ledger, now)),
                ("clock", lambda: check_clock(settings, ledger, now)),
                ("database", lambda: _look_at_database(settings, ledger, clock)),
                ("agreements", lambda: check_agreements(settings, practice, ledger, clock)),
            )
            rows = list(check_rows(ledger))
            yield from rows
            look = _guarded_from_damage if rows else _guarded
            for subject, check in checks:
                yield from look(subject, check)
            if send:
                yield from _guarded("send", lambda: send_to_all(settings, practice, ledger, now))
    except HandoffError as error:
        yield fail("ledger", str(error))
        return False
    return True


def _look_at_database(
    settings: Settings, ledger: Ledger, clock: Callable[[], datetime]
) -> Findings:
    """Of PostgreSQL; a SQLite file has been looked at by then."""
    facts = ledger.database(clock)
    if facts is None:
        return
    words = tool_address(settings.database_url).words
    yield from check_database(facts, words, settings.host_side.postgres_tools)
    yield from check_processes(facts.present, ledger.upkeep.revision() or "")


def _keep(settings: Settings, look: SenderLook) -> None:
    """For the desk, which asks before a letter to many."""
    with Ledger.open(settings.database_url) as ledger:
        keep_look(ledger, look)


def _drop(_look: SenderLook) -> None:
    """Nothing is written into a ledger that something is wrong with."""


def _guarded(subject: str, check: Callable[[], Findings]) -> Iterator[Finding]:
    """What the check found, and, where it could not go on, why."""
    try:
        yield from check()
    except HandoffError as error:
        yield fail(subject, str(error))


def _guarded_from_damage(subject: str, check: Callable[[], Findings]) -> Iterator[Finding]:
    """The same where rows are known to be damaged: one of them may be what stops a check."""
    try:
        yield from _guarded(subject, check)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        words = f"cannot be looked at ({type(error).__name__}): a damaged row is in the way."
        yield fail(subject, words, "Mend what is said of the rows above, then look again.")
