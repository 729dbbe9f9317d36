"""Which kinds of colleague are missing: what people needed, and nobody in the directory has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from outreach_kit.first_call import Network, look_up_plan
from outreach_kit.frozen import frozen
from outreach_kit.outreach.fit import AGE_BANDS
from outreach_kit.outreach.kinds import Kind, covers
from outreach_kit.outreach.matching import Candidate, Need
from outreach_kit.outreach.tongues import language_code, same_language

_AGES = {
    "child": "children under 13", "teen": "ages 13 to 17", "adult": "ages 18 to 64",
    "older": "ages 65 and older",
}  # fmt: skip


@frozen
class Gap:
    """What is missing, in words, and how many people needed it."""

    text: str
    count: int


def find_gaps(needs: Iterable[Need], candidates: Sequence[Candidate]) -> list[Gap]:
    """The most needed first; a need that somebody covers in every part is no gap."""
    able = _Able(candidates)
    counted = Counter(text for need in needs for text in _missing(need, able))
    return [Gap(text, count) for text, count in sorted(counted.items(), key=_most_first)]


def uncovered(kinds: Iterable[Kind], candidates: Sequence[Candidate]) -> list[Kind]:
    """Those of the practice's own kinds that nobody in the directory takes."""
    return [
        kind
        for kind in kinds
        if not any(covers(one.needs, one.need_words, kind) for one in candidates)
    ]


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


class _Able:
    """Who has a part of a need; looked up once for all the people who need it."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._known: dict[Need, frozenset[str]] = {}

    def having(self, part: Need) -> frozenset[str]:
        """Their ids."""
        if part not in self._known:
            found = (one.id for one in self._candidates if _has(one, part))
            self._known[part] = frozenset(found)
        return self._known[part]


def _missing(need: Need, able: _Able) -> set[str]:
    """Each part that nobody has; when every part has somebody, but no one has all, the whole."""
    found: set[str] = set()
    for kind in need.kinds or (None,):
        parts = list(_parts(replace(need, kinds=(kind,) if kind else ())))
        alone = [part for part in parts if not able.having(part)]
        if alone:
            found |= {_say([part]) for part in alone}
        elif parts and not frozenset.intersection(*map(able.having, parts)):
            found.add(_say(parts))
    return found


def _parts(need: Need) -> Iterator[Need]:
    """The need taken apart, each part a need of its own."""
    yield from (Need(kinds=(kind,)) for kind in need.kinds)
    if need.age_band in AGE_BANDS:
        yield Need(age_band=need.age_band)
    if need.language and not same_language(need.language, "English"):
        yield Need(language=need.language)
    if need.plan:
        yield Need(plan=need.plan)


def _has(one: Candidate, part: Need) -> bool:
    if part.kinds:
        return covers(one.needs, one.need_words, part.kinds[0])
    if part.age_band:
        first, last = AGE_BANDS[part.age_band]
        oldest = 150 if one.oldest is None else one.oldest
        is_known = one.youngest is not None or one.oldest is not None
        return is_known and last >= (one.youngest or 0) and first <= oldest
    if part.language:
        return any(same_language(part.language, each) for each in one.languages)
    return look_up_plan(part.plan, one.plans)[0] in {Network.IN, Network.NEAR}


def _say(parts: Sequence[Need]) -> str:
    """“Grief, ages 13 to 17, in Spanish, with Premera”."""
    words = []
    for part in parts:
        words += [kind.label for kind in part.kinds]
        words += [_AGES[part.age_band]] if part.age_band else []
        words += [f"in {_say_language(part.language)}"] if part.language else []
        words += [f"with {part.plan}"] if part.plan else []
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def _say_language(typed: str) -> str:
    """One spelling for all, so that two who wrote it differently are counted together."""
    from babel import Locale  # late: only where somebody said a language

    return str(Locale("en").languages.get(language_code(typed), typed))
