"""Telephone numbers: read as people write them, dialled as machines do."""

from __future__ import annotations

import re
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.faults import Refused

DEFAULT_REGION: Final = "US"
_PLAIN: Final = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(([2-9][0-9]{2})\) ?|([2-9][0-9]{2})[ .-]?)([2-9][0-9]{2})[ .-]?([0-9]{4})"
)
"""A number of the North American plan (NXX-NXX-XXXX) and nothing else."""


@frozen
class Phone:
    """A telephone number that a call can be placed to."""

    e164: str
    extension: str
    display: str

    @property
    def href(self) -> str:
        """An RFC 3966 `tel:` address."""
        return f"tel:{self.e164}" + (f";ext={self.extension}" if self.extension else "")

    @property
    def sms_href(self) -> str:
        return f"sms:{self.e164}"

    def __str__(self) -> str:
        return self.display


def parse_phone(raw: object, region: str = DEFAULT_REGION) -> Phone:
    """Read a number as people write it; raises Refused when nobody could dial it.

    How most of them are written here is plain to see; the library that knows all the world's is loaded for
    the others (30 ms).
    """
    if isinstance(raw, Phone):
        return raw
    if region == DEFAULT_REGION and isinstance(raw, str) and (plain := _PLAIN.fullmatch(raw)):
        area, exchange, line = plain[1] or plain[2], plain[3], plain[4]
        return Phone(f"+1{area}{exchange}{line}", "", f"({area}) {exchange}-{line}")
    return _parse_any(raw, region)


def _parse_any(raw: object, region: str) -> Phone:
    import phonenumbers

    text = raw if isinstance(raw, str) else ""
    complaint = Refused(
        f"“{raw}” is not a phone number that can be dialled.",
        "Write it with area code, like “(360) 555-0142”.",
    )
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise complaint from error
    national = str(number.national_number)
    north_american = number.country_code == 1
    if not phonenumbers.is_possible_number(number) or (
        north_american
        and (
            len(national) != 10 or national[0] in "01" or national[3] in "01"
        )  # NANP: NXX-NXX-XXXX
    ):
        raise complaint
    shape = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if north_american
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return Phone(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        extension=number.extension or "",
        display=phonenumbers.format_number(number, shape),
    )
