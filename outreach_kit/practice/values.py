"""The small values that a practice is described with: parsed once at the edge, exact from there on."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from outreach_kit.practice.faults import Refused
from outreach_kit.practice.phones import Phone as Phone
from outreach_kit.practice.phones import parse_phone as parse_phone
from outreach_kit.practice.sentences import split_sentences as split_sentences
from outreach_kit.practice.shapes import After, Before, Instead, Limits, Schema

SLUG_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_PLAIN_EMAIL: Final = re.compile(
    r"[a-z0-9_+-]{1,30}(?:\.[a-z0-9_+-]{1,30})?"
    r"@(?:[a-z0-9](?:[a-z0-9]|-(?!-)){0,60}[a-z0-9]\.){1,2}(?:com|edu|example|gov|health|info|net|org|us)"
)
"""How most addresses are written; for all others there is a library, which takes 30 ms to load."""
_SITE_FOLDER: Final = r"(?:/[A-Za-z0-9_~-](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?(?<!\.html))*"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def refuse(what: str, todo: str) -> Refused:
    """The error to raise over a value; the loader prints `what` and `todo` beside file and line."""
    return Refused(what, todo)


def refuse_twins(things: str, slugs: Iterable[str]) -> None:
    """Raise when two of the things that a file lists have the same slug."""
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            raise refuse(f"Two {things} are called “{slug}”.", "Give each its own slug.")
        seen.add(slug)


def check_npi(npi: str) -> str:
    """Accept a National Provider Identifier: ten digits whose Luhn sum, prefixed 80840, is 0 mod 10.

    Source: 45 CFR 162.406 and the NPI check-digit specification of CMS.
    """
    todo = "Copy the ten digits from your NPPES record."
    if not re.fullmatch(r"[0-9]{10}", npi):
        raise refuse(f"“{npi}” is not an NPI: it has ten digits.", todo)
    total = 0
    for place, digit in enumerate(reversed("80840" + npi)):
        doubled = int(digit) * 2 if place % 2 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    if total % 10:
        raise refuse(f"“{npi}” is not an NPI: its check digit is wrong.", todo)
    return npi


def make_slug(text: str) -> str:
    """What `text` is called in a web address: “St. Paul’s” becomes “st-pauls”; never empty."""
    plain = (
        unicodedata.normalize("NFKD", text.replace("'", ""))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:60].rstrip("-") or hashlib.sha256(text.encode()).hexdigest()[:8]


def check_slug(slug: str) -> str:
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise refuse(
            f"“{slug}” cannot stand in a web address.",
            "Use small letters, digits and single hyphens, like “panic-attacks”.",
        )
    return slug


def check_web_address(url: str) -> str:
    """An address that others are made from: nothing may stand behind its path."""
    parts = urlsplit(check_link(url))
    if parts.query or parts.fragment:
        raise refuse(f"“{url}” holds more than an address.", "Leave out “?…” and “#…”.")
    return url.rstrip("/")


def check_site_address(url: str) -> str:
    """The address of a website: a domain, or a folder of one, and never a page of it."""
    url = check_web_address(url)
    if not re.fullmatch(_SITE_FOLDER, urlsplit(url).path):
        raise refuse(
            f"“{url}” is neither a domain nor a folder of one.",
            "Write what stands before the first page, like https://www.example.org or "
            "https://example.org/therapy, with plain letters, digits and hyphens.",
        )
    return url


def check_link(url: str) -> str:
    """An address to go to, with all that a booking service has put behind its path."""
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.scheme not in ({"http", "https"} if local else {"https"}):
        raise refuse(
            f"“{url}” is not a secure web address.", "Write it whole, beginning with https://."
        )
    if re.search(r"[\s<>\"]", url):
        raise refuse(f"“{url}” holds more than an address.", "Leave out spaces and quotes.")
    return url


def parse_money(raw: object) -> Decimal:
    """Dollars, to the cent, from a TOML integer, float or string."""
    complaint = refuse(f"“{raw}” is not an amount.", "Write dollars as a number: 190 or 190.50.")
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise complaint
    try:
        amount = Decimal(str(raw))
    except InvalidOperation as error:
        raise complaint from error
    if not amount.is_finite() or not 0 <= amount <= 1_000_000 or amount != round(amount, 2):
        raise complaint
    return amount


def check_niche(niche: str) -> str:
    """One or two sentences: the niche stands on every card, page and letter, so it must be short."""
    sentences = len(split_sentences(niche))
    if sentences > 2:
        raise refuse(
            f"The niche has {sentences} sentences.",
            "Say it in one or two: whom you help, and what changes for them.",
        )
    return niche


def check_line(text: str) -> str:
    """One line of printable text: it goes into headers, titles and cards."""
    if _CONTROL.search(text):
        raise refuse("A line break or control character stands in it.", "Write it on one line.")
    return text.strip()


def check_email(address: str) -> str:
    if _PLAIN_EMAIL.fullmatch(address):
        return address
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise refuse(
            f"“{address}” is not an e-mail address.", "Write it like name@example.org."
        ) from error


def parse_day(raw: object) -> dt.date:
    if isinstance(raw, dt.datetime) or not isinstance(raw, dt.date):
        raise refuse(
            f"“{raw}” is not a date.", "Write it without quotes as year-month-day: 2026-11-16."
        )
    return raw


def _strip(raw: Any) -> Any:
    return raw.strip() if isinstance(raw, str) else raw


type_text = {"type": "string"}
Line = Annotated[str, Before(_strip), After(check_line), Limits(1, 200)]
Text = Annotated[str, Before(_strip), Limits(1, 2000)]
Niche = Annotated[Text, After(check_niche), Limits(most=420)]
Slug = Annotated[str, Limits(most=60), After(check_slug)]
PhoneNumber = Annotated[
    Phone,
    Instead(parse_phone),
    Schema({**type_text, "examples": ["(360) 555-0142"]}),
]
Email = Annotated[str, After(check_email), Limits(most=254)]
Npi = Annotated[str, After(check_npi)]
WebAddress = Annotated[str, After(check_web_address)]
SiteAddress = Annotated[str, After(check_site_address)]
Link = Annotated[str, After(check_link)]
Money = Annotated[Decimal, Instead(parse_money), Schema({"type": ["number", "string"]})]
Day = Annotated[dt.date, Instead(parse_day), Schema({"type": "string", "format": "date"})]
