"""The checks that an owner asks for at the desk: those of the ways out of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from form_server.desk import Judged
from form_server.doctor.domain import Lookup, make_lookup
from form_server.doctor.findings import Findings
from form_server.doctor.keys import check_inboxes
from form_server.doctor.mail import check_mail_server, look_at_sender
from form_server.doctor.proxies import check_proxies
from form_server.doctor.running import check_server
from form_server.sender_look import keep_look
from form_server.services import Services
from form_server.settings import MailSettings
from outreach_kit.errors import HandoffError


def make_examiner(
    services: Services, look_up: Lookup | None = None
) -> Callable[[], Iterator[Judged]]:
    """Findings as they are made, quick ones first; a check that breaks off ends none of the rest."""
    settings, mail = services.settings, services.settings.mail
    checks: list[tuple[str, Callable[[], Findings]]] = [
        ("server", lambda: check_server(settings)),
        ("proxies", lambda: check_proxies(settings)),
        ("inboxes", lambda: check_inboxes(services.ledger, settings)),
    ]
    if mail is not None:
        checks.append(("mail server", lambda: check_mail_server(mail, services.clock())))
        checks.append(("sender", lambda: _look(services, mail, look_up)))

    def examine() -> Iterator[Judged]:
        for subject, check in checks:
            try:
                for one in check():
                    yield Judged(one.verdict.value, one.subject, one.words, one.todo)
            except HandoffError as error:
                yield Judged("fail", subject, str(error))

    return examine


def _look(services: Services, mail: MailSettings, look_up: Lookup | None) -> Findings:
    keep = partial(keep_look, services.ledger)
    return look_at_sender(mail, look_up or make_lookup(), services.clock(), keep)
