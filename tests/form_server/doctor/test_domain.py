from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import UTC, datetime

import dns.resolver
import pytest

from form_server.doctor.domain import (
    NoAnswer,
    check_dkim,
    check_dmarc,
    check_spf,
    make_lookup,
)
from form_server.doctor.findings import Finding, Verdict
from form_server.doctor.mail import check_sender, look_at_sender
from form_server.sender_look import SenderLook
from form_server.settings import MailSettings
from tests.form_server.doctor.name_server import NameServer

AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
WELL: Mapping[str, tuple[str, ...]] = {
    "harbor.org": ("google-site=1", "v=spf1 include:_spf.mail.org -all"),
    "selector1._domainkey.harbor.org": ("v=DKIM1; k=rsa; p=MIIB",),
    "_dmarc.harbor.org": ("v=DMARC1; p=quarantine",),
}


def sender_checked(
    records: Mapping[str, tuple[str, ...]], sender: str = "Nora <nora@harbor.org>"
) -> list[Finding]:
    mail = MailSettings("smtp.harbor.org", 587, sender)
    with NameServer(records) as server:
        return list(check_sender(mail, make_lookup(server.resolver())))


def test_domain_that_has_all_three_is_well() -> None:
    found = sender_checked(WELL)
    assert [(one.subject, one.verdict) for one in found] == [
        ("SPF", Verdict.OK),
        ("DKIM", Verdict.OK),
        ("DMARC", Verdict.OK),
    ]


def test_domain_without_any_is_told_what_to_add() -> None:
    found = sender_checked({})
    assert [one.verdict for one in found] == [Verdict.WARN] * 3
    assert all(one.todo for one in found)


def test_policy_of_the_domain_above_counts_for_dmarc() -> None:
    with NameServer(WELL) as server:
        look_up = make_lookup(server.resolver())
        assert check_dmarc("mail.harbor.org", look_up).verdict is Verdict.OK
        assert server.asked == ["_dmarc.mail.harbor.org.", "_dmarc.harbor.org."]


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("v=spf1 -all",), Verdict.OK),
        (("V=SPF1 mx ~all",), Verdict.OK),
        (("v=spf1 +all",), Verdict.WARN),
        (("v=spf1 -all", "v=spf1 mx -all"), Verdict.FAIL),
        (("v=spf10 -all", "spf2.0/pra -all"), Verdict.WARN),
        ((), Verdict.WARN),
    ],
)
def test_spf_is_judged(texts: tuple[str, ...], verdict: Verdict) -> None:
    with NameServer({"harbor.org": texts}) as server:
        assert check_spf("harbor.org", make_lookup(server.resolver())).verdict is verdict


def test_a_withdrawn_key_is_no_key() -> None:
    with NameServer({"default._domainkey.harbor.org": ("v=DKIM1; p=",)}) as server:
        found = check_dkim("harbor.org", make_lookup(server.resolver()))
    assert found.verdict is Verdict.WARN


def test_without_a_network_it_is_a_warning_and_soon() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = silent.getsockname()[1]
        resolver.timeout = 0.2
        look_up = make_lookup(resolver)
        resolver.lifetime = 0.3
        with pytest.raises(NoAnswer):
            look_up("harbor.org")
        mail = MailSettings("smtp.harbor.org", 587, "nora@harbor.org")
        (found,) = check_sender(mail, look_up)
    assert found.verdict is Verdict.WARN
    assert "no name server answered" in found.words


def test_names_for_examples_are_not_looked_up() -> None:
    with NameServer({}) as server:
        mail = MailSettings("smtp.harbor.org", 587, "nora@harborstreet.example")
        (found,) = check_sender(mail, make_lookup(server.resolver()))
        assert server.asked == []
    assert found.verdict is Verdict.WARN


def looked_at(records: Mapping[str, tuple[str, ...]], sender: str) -> list[SenderLook]:
    kept: list[SenderLook] = []
    mail = MailSettings("smtp.harbor.org", 587, sender)
    with NameServer(records) as server:
        told = list(look_at_sender(mail, make_lookup(server.resolver()), AT, kept.append))
        assert told == list(check_sender(mail, make_lookup(server.resolver())))
    return kept


def test_what_spf_and_dkim_were_like_is_kept() -> None:
    assert looked_at(WELL, "Nora <nora@Harbor.org>") == [SenderLook(AT, "harbor.org")]
    spf_alone = {**WELL, "selector1._domainkey.harbor.org": ()}
    (look,) = looked_at(spf_alone, "nora@harbor.org")
    (doubt,) = look.doubts
    assert doubt.startswith("harbor.org has no key under any usual name. Switch DKIM on")


def test_a_look_that_was_not_answered_is_not_kept() -> None:
    def break_off(name: str) -> tuple[str, ...]:
        if name.startswith("default."):
            raise NoAnswer(name)
        return ("v=spf1 -all",)

    kept: list[SenderLook] = []
    mail = MailSettings("smtp.harbor.org", 587, "nora@harbor.org")
    told = list(look_at_sender(mail, break_off, AT, kept.append))
    assert [one.subject for one in told] == ["SPF", "sender"]
    assert kept == []
    assert looked_at({}, "nora@harborstreet.example") == []
