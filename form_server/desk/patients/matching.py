"""Whether two referrals speak of one person: by the number, or by the name however it is written.

Pure. What is compared is a patient's name or number, and stays in memory.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from form_server.desk.referral.said import Said

LONGEST: Final = 80
_SHORTEST_NAME: Final = 2
_SHORTEST_NUMBER: Final = 4
_NATIONAL: Final = 10  # digits of a number in the US, without the country in front


@dataclass(frozen=True)
class Likeness:
    """What a person is known by; a referral is theirs when its number, or all of the name, agrees.

    `as_begun` takes the beginning of a word for the word, as somebody who searches types it.
    """

    words: tuple[str, ...]
    digits: str
    as_begun: bool = True

    def __bool__(self) -> bool:
        has_name = len("".join(self.words)) >= _SHORTEST_NAME
        return has_name or len(self.digits) >= _SHORTEST_NUMBER

    def fits(self, said: Said) -> bool:
        if self.digits and digits_of(said.patient_phone.typed).endswith(self.digits):
            return True
        names = fold(f"{said.patient_name} {said.guardian_name}").split()
        if not self.as_begun:
            return bool(self.words) and set(self.words) <= set(names)
        return bool(self.words) and all(
            any(name.startswith(word) for name in names) for word in self.words
        )


def read_likeness(typed: str) -> Likeness:
    """From what somebody typed: digits are a number, letters a name."""
    text = " ".join(typed[:LONGEST].split())
    if any(char.isalpha() for char in text):
        return Likeness(tuple(fold(text).split()), "")
    digits = digits_of(text)
    return Likeness((), digits if len(digits) >= _SHORTEST_NUMBER else "")


def likeness_of(said: Said) -> Likeness:
    """What finds this person's other referrals."""
    words = tuple(fold(said.patient_name).split())
    return Likeness(words, digits_of(said.patient_phone.typed), as_begun=False)


def digits_of(number: str) -> str:
    """Without an extension, and without the country's code in front."""
    plain = re.split(r"(?i)ext|x|;", number)[0]
    return re.sub("[^0-9]", "", plain)[-_NATIONAL:]


def fold(text: str) -> str:
    """The same letters however they are written: “Zoë” and “ZOE” are one name."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return re.sub(r"[^\w]+", " ", plain)
