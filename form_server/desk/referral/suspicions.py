"""Why a referral was kept aside, in words for whoever decides whether it is real."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_WORDS: Final = {
    "bait_taken": "A field that people cannot see was filled in.",
    "bait_filled_in": "A browser seems to have filled in a field that people cannot see.",
    "too_fast": "The form came back within two seconds.",
    "fast": "The form came back within five seconds.",
    "page_old": "The form was open for days.",
    "page_forged": "The mark of the form page was made up.",
    "strange_origin": "It was sent from a page that is not yours.",
    "hidden_origin": "It hides from which page it was sent.",
    "link": "The note has a web address.",
    "links": "The note has several web addresses.",
    "link_for_name": "A web address stands where a name belongs.",
    "markup": "It has code for a web page in it.",
    "mixed_letters": "Letters of two alphabets are mixed within words.",
    "repetition": "The note repeats itself.",
    "impossible_phone": "A telephone number cannot exist.",
    "note_goes_round": "The same note came from several networks.",
    "note_flood": "The same note came from many networks within an hour.",
    "same_note": "The same note came many times.",
    "busy_network": "Much came from its network at that time.",
    "busy_office": "Much came in that office’s name at that time.",
    "network_flood": "More came from its network within ten minutes than anybody types.",
    "office_flood": "More came in that office’s name within ten minutes than anybody types.",
    "known_office": "Its code was given to an office that you know, which speaks for it.",
}
_UNKNOWN: Final = "It looked automatic."


def say_suspicions(codes: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each, without repeats; one that says little when nothing is known."""
    said = dict.fromkeys(_WORDS[code] for code in codes if code in _WORDS)
    return tuple(said) or (_UNKNOWN,)
