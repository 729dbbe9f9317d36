"""The way that notices leave the house: does the mail server let us in, and is the mail believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final

from form_server.delivering import make_mail_server
from form_server.delivery import Again, SmtpTransport
from form_server.doctor.domain import Lookup, NoAnswer, check_dkim, check_dmarc, check_spf
from form_server.doctor.findings import Finding, Findings, Verdict, fail, ok, warn
from form_server.environment import is_loopback
from form_server.sender_look import SenderLook
from form_server.settings import MailSettings

_SOON: Final = timedelta(days=14)
_BELIEVED_BY: Final = {"SPF", "DKIM"}
_RESERVED: Final = frozenset({"example", "test", "invalid", "localhost", "local"})  # RFC 6761, 6762


def check_mail_server(mail: MailSettings, now: datetime) -> Findings:
    """Signs in, sends nothing."""
    transport = SmtpTransport(make_mail_server(mail))
    try:
        welcome = transport.knock()
    finally:
        transport.close()
    if isinstance(welcome, Again):
        yield fail("mail server", welcome.reason)
        return
    name = f"{mail.host}:{mail.port}"
    if not mail.is_encrypted and not is_loopback(mail.host):
        todo = "Set HANDOFF_MAIL_USE_TLS=1 (port 587) or HANDOFF_MAIL_USE_SSL=1 (port 465)."
        yield warn(
            "mail server", f"{name} answers, and the line to it can be read by others.", todo
        )
    elif welcome.certificate_until is not None and welcome.certificate_until - now < _SOON:
        words = f"the certificate of {name} ends on {welcome.certificate_until:%Y-%m-%d}."
        yield warn("mail server", words, "Ask the mail provider to renew it.")
    else:
        how = "over verified TLS" if mail.is_encrypted else "on this machine"
        yield ok("mail server", f"{name} lets us in, {how}.")


def look_at_sender(
    mail: MailSettings, look_up: Lookup, now: datetime, keep: Callable[[SenderLook], None]
) -> Findings:
    """The same as `check_sender`; what SPF and DKIM were like is kept, where both were answered."""
    found: list[Finding] = []
    for one in check_sender(mail, look_up):
        found.append(one)
        yield one
    judged = [one for one in found if one.subject in _BELIEVED_BY]
    if {one.subject for one in judged} == _BELIEVED_BY:
        doubts = (f"{one.words} {one.todo}" for one in judged if one.verdict is not Verdict.OK)
        keep(SenderLook(now, _domain_of(mail), tuple(doubts)))


def check_sender(mail: MailSettings, look_up: Lookup) -> Findings:
    """What the world's mail servers are told about mail from the sender's domain."""
    domain = _domain_of(mail)
    if domain.rpartition(".")[2] in _RESERVED:
        yield warn(
            "sender",
            f"{domain} is a name for examples, and was not looked up.",
            "Set HANDOFF_MAIL_DEFAULT_SENDER to an address of your own domain.",
        )
        return
    try:
        yield check_spf(domain, look_up)
        yield check_dkim(domain, look_up)
        yield check_dmarc(domain, look_up)
    except NoAnswer:
        todo = "Check the network, then run doctor again."
        yield warn("sender", f"no name server answered about {domain}.", todo)


def _domain_of(mail: MailSettings) -> str:
    return parseaddr(mail.sender)[1].rpartition("@")[2].lower().rstrip(".")
