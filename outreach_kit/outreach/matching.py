"""Which colleague suits a patient: by the patient's need alone.

A candidate says nothing of who sent how many to whom, so nothing that is owed can move the order.
Inside the own practice comes first among those who can help; every suggestion says why in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import IntEnum

from outreach_kit.first_call import Network, look_up_plan
from outreach_kit.frozen import frozen
from outreach_kit.outreach.fit import AGE_BANDS
from outreach_kit.outreach.kinds import Kind, covers
from outreach_kit.outreach.tongues import same_language

OPENINGS_CURRENT_DAYS = 30
"""A colleague's count of openings is older news than one's own: then it is asked for again."""
_FAR = 10_000


@frozen
class Need:
    """What a patient needs; empty where nobody said. `online_in` is the state in which meeting
    online will do, and `within_miles` how far they can come otherwise."""

    kinds: tuple[Kind, ...] = ()
    plan: str = ""
    language: str = ""
    age_band: str = ""
    online_in: str = ""
    within_miles: int | None = None


@frozen
class Candidate:
    """What one colleague takes; empty or None where nobody knows."""

    id: str
    name: str
    needs: tuple[str, ...] = ()
    need_words: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    languages: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    self_pay: bool = False
    sliding_scale: bool = False
    telehealth: tuple[str, ...] = ()
    miles: int | None = None
    openings: int | None = None
    openings_on: dt.date | None = None
    is_inside: bool = False


class Verdict(IntEnum):
    FITS = 0
    ASK = 1
    MISSES = 2


@frozen
class Aspect:
    """One thing that was weighed, in words; an empty text is not worth a line."""

    verdict: Verdict
    text: str


@frozen
class Suggestion:
    """`fits` speak for them, `misses` against, and `asks` is what the call has to find out."""

    candidate: Candidate
    fits: tuple[str, ...]
    asks: tuple[str, ...]
    misses: tuple[str, ...]


def suggest(need: Need, candidates: Iterable[Candidate], today: dt.date) -> list[Suggestion]:
    """All of them, best first; who cannot help comes last, and still says why."""
    ranked = sorted((_rank(need, one, today) for one in candidates), key=lambda found: found[0])
    return [suggestion for _, suggestion in ranked]


def say_openings(count: int | None, on: dt.date | None, today: dt.date) -> Aspect:
    """“2 openings as of Nov 14”; an old count is never said."""
    is_current = on is not None and 0 <= (today - on).days <= OPENINGS_CURRENT_DAYS
    if count is None or on is None or not is_current:
        return Aspect(Verdict.ASK, "Call to ask about openings")
    as_of = f"as of {on:%b} {on.day}"
    if not count:
        return Aspect(Verdict.MISSES, f"No openings {as_of}")
    return Aspect(Verdict.FITS, f"{count} opening{'' if count == 1 else 's'} {as_of}")


_Key = tuple[int, bool, int, int, int, int, int, str, str]


def _rank(need: Need, one: Candidate, today: dt.date) -> tuple[_Key, Suggestion]:
    takes = list(_weigh_kinds(need, one))
    age, language = _weigh_age(need, one), _weigh_language(need, one)
    plan, place = _weigh_plan(need, one), _weigh_place(need, one)
    openings = say_openings(one.openings, one.openings_on, today)
    aspects = [*takes, age, language, plan, openings, place]
    met = sum(aspect.verdict is Verdict.FITS for aspect in takes)
    # A list that has one of two needs is no miss: the call finds out about the other.
    helps_not = bool(takes) and all(aspect.verdict is Verdict.MISSES for aspect in takes)
    hurdles = (age, language, openings, place)
    cannot = helps_not + sum(aspect.verdict is Verdict.MISSES for aspect in hurdles)
    key = (
        cannot, not one.is_inside, -met, plan.verdict, openings.verdict, place.verdict,
        _FAR if one.miles is None else one.miles, one.name.casefold(), one.id,
    )  # fmt: skip

    def said(verdict: Verdict) -> tuple[str, ...]:
        return tuple(each.text for each in aspects if each.verdict is verdict and each.text)

    return key, Suggestion(one, said(Verdict.FITS), said(Verdict.ASK), said(Verdict.MISSES))


def _weigh_kinds(need: Need, one: Candidate) -> Iterator[Aspect]:
    if need.kinds and not (one.needs or one.need_words):
        yield Aspect(Verdict.ASK, "Ask what they take")
        return
    for kind in need.kinds:
        if covers(one.needs, one.need_words, kind):
            yield Aspect(Verdict.FITS, f"Takes: {kind.label}")
        else:
            yield Aspect(Verdict.MISSES, f"Not on their list: {kind.label}")


def _weigh_age(need: Need, one: Candidate) -> Aspect:
    band = AGE_BANDS.get(need.age_band)
    if band is None:
        return Aspect(Verdict.ASK, "")
    if one.youngest is None and one.oldest is None:
        return Aspect(Verdict.ASK, "Ask which ages they see")
    youngest, oldest = one.youngest or 0, one.oldest
    sees = f"{youngest} to {oldest}" if oldest is not None else f"{youngest} and older"
    is_seen = band[1] >= youngest and (oldest is None or band[0] <= oldest)
    if is_seen:
        return Aspect(Verdict.FITS, f"Sees ages {sees}")
    return Aspect(Verdict.MISSES, f"Sees ages {sees} only")


def _weigh_language(need: Need, one: Candidate) -> Aspect:
    if not need.language:
        return Aspect(Verdict.ASK, "")
    if any(same_language(need.language, each) for each in one.languages):
        return Aspect(Verdict.FITS, f"Speaks {need.language}")
    if one.languages:
        return Aspect(Verdict.MISSES, f"Speaks {' and '.join(one.languages)} only")
    # Whoever lists no language works in English; nobody lists it.
    if same_language(need.language, "English"):
        return Aspect(Verdict.FITS, "")
    return Aspect(Verdict.ASK, f"Ask whether they speak {need.language}")


def _weigh_plan(need: Need, one: Candidate) -> Aspect:
    network, listed = look_up_plan(need.plan, one.plans)
    match network:
        case Network.IN:
            return Aspect(Verdict.FITS, f"Takes their plan: {listed}")
        case Network.NEAR:
            return Aspect(Verdict.ASK, f"Ask about their plan: {listed} is on the list")
        case Network.NOT_SAID:
            return Aspect(Verdict.ASK, _say_price(one))
        case _ if one.plans:
            price = _say_price(one)
            return Aspect(
                Verdict.MISSES,
                f"Not in network with {need.plan}" + (price and f"; {price.lower()}"),
            )
        case _:
            return Aspect(Verdict.ASK, f"Ask whether they take {need.plan}")


def _say_price(one: Candidate) -> str:
    ways = [
        text
        for text, has in (("self-pay", one.self_pay), ("sliding scale", one.sliding_scale))
        if has
    ]
    return " and ".join(ways).capitalize()


def _weigh_place(need: Need, one: Candidate) -> Aspect:
    if one.is_inside:
        return Aspect(Verdict.FITS, "In your practice")
    if need.online_in and need.online_in in one.telehealth:
        return Aspect(Verdict.FITS, f"Online in {need.online_in}")
    if one.miles is not None:
        away = f"{one.miles} mile{'' if one.miles == 1 else 's'}"
        is_far = need.within_miles is not None and one.miles > need.within_miles
        return Aspect(Verdict.MISSES if is_far else Verdict.FITS, away)
    if need.online_in and one.telehealth:
        return Aspect(Verdict.ASK, f"Online in {', '.join(one.telehealth)} only")
    return Aspect(Verdict.ASK, "" if need.within_miles is None else "Ask where they are")
