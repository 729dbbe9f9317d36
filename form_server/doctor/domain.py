"""SPF, DKIM and DMARC of a domain, as its name servers tell them (RFC 7208, 6376, 7489)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from form_server.doctor.findings import Finding, fail, ok, warn

if TYPE_CHECKING:
    from dns.resolver import Resolver

Lookup = Callable[[str], tuple[str, ...]]
"""A name -> its TXT records, none when there is no such name. Raises NoAnswer."""

_LIFETIME_S: Final = 4.0
_SELECTORS: Final = (
    "default", "dkim", "mail", "google", "selector1", "selector2", "k1", "k2", "k3", "s1", "s2",
    "fm1", "fm2", "fm3", "protonmail", "protonmail2", "zoho", "zmail", "mxvault", "smtp", "pm",
    "mandrill", "mailjet", "key1", "sig1",
)  # fmt: skip
"""What mail providers usually call their keys; the true name stands in each mail only."""


class NoAnswer(Exception):
    """No name server could be asked; it says nothing about the domain."""


def make_lookup(resolver: Resolver | None = None) -> Lookup:
    import dns.exception  # late: only doctor asks name servers
    import dns.resolver

    try:
        chosen = resolver or dns.resolver.Resolver()
    except dns.exception.DNSException:
        chosen = None
    if chosen is not None:
        chosen.lifetime = _LIFETIME_S

    def look_up(name: str) -> tuple[str, ...]:
        if chosen is None:
            raise NoAnswer
        try:
            answer = chosen.resolve(name, "TXT")
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswer from error
        return tuple(b"".join(row.strings).decode("ascii", "replace") for row in answer)

    return look_up


def check_spf(domain: str, look_up: Lookup) -> Finding:
    policies = [text for text in look_up(domain) if text.lower().split(" ")[0] == "v=spf1"]
    todo = "Add the TXT record that your mail provider names."
    if not policies:
        return warn("SPF", f"{domain} does not say who may send for it.", todo)
    if len(policies) > 1:
        words = f"{domain} has {len(policies)} policies, and with more than one none counts."
        return fail("SPF", words, "Join them into one TXT record.")
    terms = policies[0].lower().split()
    if "+all" in terms or "all" in terms:
        return warn(
            "SPF", f"{domain} lets anybody send for it (+all).", "End it with ~all or -all."
        )
    return ok("SPF", f"{domain} says who may send for it.")


def check_dkim(domain: str, look_up: Lookup) -> Finding:
    for selector in _SELECTORS:
        if any(_is_key(text) for text in look_up(f"{selector}._domainkey.{domain}")):
            return ok("DKIM", f"{domain} has a key ({selector}).")
    return warn(
        "DKIM",
        f"{domain} has no key under any usual name.",
        "Switch DKIM on at your mail provider; if it is on, a mail's headers say “dkim=pass”.",
    )


def check_dmarc(domain: str, look_up: Lookup) -> Finding:
    """The domain's own policy, or that of the domain it belongs to."""
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        above = ".".join(labels[start:])
        for text in look_up(f"_dmarc.{above}"):
            if text.replace(" ", "").lower().startswith("v=dmarc1"):
                return ok("DMARC", f"{above} says what to do with mail that is not from it.")
    return warn(
        "DMARC",
        f"{domain} does not say what to do with forged mail.",
        f"Add a TXT record at _dmarc.{domain}, like: v=DMARC1; p=quarantine",
    )


def _is_key(text: str) -> bool:
    tags = {
        name.strip().lower(): value.strip()
        for name, parted, value in (tag.partition("=") for tag in text.split(";"))
        if parted
    }
    return bool(tags.get("p"))  # an empty one says that the key was withdrawn
