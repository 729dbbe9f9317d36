"""The scorecard over a period: by month, by source and as a whole, as charts and files show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from form_server.ledger import Arrivals, Fit
from form_server.rounds.period import Period
from form_server.rounds.standing import SourceStanding
from form_server.rounds.survey import Survey
from outreach_kit.outreach.follow_up import Tier
from outreach_kit.outreach.scorecard import Tally, add_up

_HOUR_S: Final = 3600
_DAY_S: Final = 86_400
IN, EDGE, OUT = Fit.IN.value, Fit.EDGE.value, Fit.OUT.value
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Scorecard:
    """`months` are the period's, in its order. Tier and worth of an hour are those of today, whatever
    the period."""

    survey: Survey
    period: Period
    arrivals: Arrivals

    @cached_property
    def months(self) -> tuple[Tally, ...]:
        return by_month(self.arrivals, self.period)

    @cached_property
    def whole(self) -> Tally:
        return add_up(self.months)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Referrals by code, "" for those who came under none."""
        return Counter(self.arrivals.codes)

    @cached_property
    def fits(self) -> Mapping[tuple[str, str | None], int]:
        """Referrals by code and fit, None where nobody weighed them."""
        return Counter(zip(self.arrivals.codes, self.arrivals.fits, strict=True))

    def tallies(self, codes: Iterable[str] | None = None) -> dict[str, Tally]:
        """Of these sources, or of all that sent anybody."""
        there = self.arrivals if codes is None else _only(self.arrivals, frozenset(codes))
        return _tally_by(there.codes, there, ((code, wait) for code, _, wait in there.booked))

    def tiers_by_month(self) -> tuple[dict[Tier | None, int], ...]:
        """By the tier that each source has today; None for what came under no code of the list."""
        tiers = {one.code: one.score.tier for one in self.survey.standings}
        months: list[dict[Tier | None, int]] = [{} for _ in self.period.months]
        there = Counter(zip(self.arrivals.spans, self.arrivals.codes, strict=True))
        for (span, code), count in there.items():
            tier = tiers.get(code)
            months[span][tier] = months[span].get(tier, 0) + count
        return tuple(months)

    @property
    def in_order(self) -> list[SourceStanding]:
        """Where the next hour is worth most, first; by name else, as the survey is."""
        return sorted(self.survey.standings, key=lambda one: -one.score.worth)


def read_scorecard(survey: Survey, period: Period) -> Scorecard:
    arrivals = survey.ledger.tallies.arrivals(survey.inbox_ids, period.edges)
    return Scorecard(survey, period, arrivals)


def read_months(survey: Survey, period: Period, code: str) -> tuple[Tally, ...]:
    """Those of one source."""
    there = survey.ledger.tallies.arrivals(survey.inbox_ids, period.edges, code)
    return by_month(there, period)


def by_month(arrivals: Arrivals, period: Period) -> tuple[Tally, ...]:
    """One for each month, in its order."""
    booked = ((span, wait) for _, span, wait in arrivals.booked)
    found = _tally_by(arrivals.spans, arrivals, booked)
    return tuple(found.get(span, Tally()) for span in range(len(period.months)))


def _only(arrivals: Arrivals, codes: Container[str]) -> Arrivals:
    """What came from these sources."""
    at = [place for place, code in enumerate(arrivals.codes) if code in codes]
    return Arrivals(
        [arrivals.codes[place] for place in at],
        [arrivals.spans[place] for place in at],
        [arrivals.fits[place] for place in at],
        [arrivals.outcomes[place] for place in at],
        [arrivals.response_s[place] for place in at],
        [one for one in arrivals.booked if one[0] in codes],
    )


def _tally_by(
    keys: Sequence[Key],
    arrivals: Arrivals,
    booked: Iterable[tuple[Key, float]],
) -> dict[Key, Tally]:
    """`keys` are a column of the arrivals, and say what belongs together."""
    fits = Counter(zip(keys, arrivals.fits, strict=True))
    outcomes = Counter(zip(keys, arrivals.outcomes, strict=True))
    ends: dict[Key, dict[str, int]] = defaultdict(dict)
    for (key, outcome), count in outcomes.items():
        if outcome is not None:
            ends[key][outcome] = count
    responses: dict[Key, list[float]] = defaultdict(list)
    for key, wait in zip(keys, arrivals.response_s, strict=True):
        if wait is not None:
            responses[key].append(wait)
    waits: dict[Key, list[float]] = defaultdict(list)
    for key, wait in booked:
        waits[key].append(wait)
    return {
        key: Tally(
            referrals=count,
            fits=fits[key, IN],
            edges=fits[key, EDGE],
            mismatches=fits[key, OUT],
            first_response_s=responses[key],
            to_appointment_s=waits[key],
            outcomes=ends[key],
        )
        for key, count in Counter(keys).items()
    }


def as_document(card: Scorecard) -> dict[str, Any]:
    """For programs; the same from the desk and from the command. Nothing of a patient."""
    tallies, period = card.tallies(), card.period
    return {
        "day": card.survey.today.isoformat(),
        "from": period.first_on.isoformat(),
        "until": period.last_on.isoformat(),
        "whole": figures_of(card.whole),
        "months": [
            {"month": f"{first:%Y-%m}", **figures_of(tally)}
            for first, tally in zip(period.months, card.months, strict=True)
        ],
        "sources": [_row(one, tallies.get(one.code, Tally())) for one in card.in_order],
    }


def figures_of(tally: Tally) -> dict[str, Any]:
    """None where there is no median and no rate yet."""
    response, appointment = tally.median_first_response, tally.median_to_appointment
    return {
        "referrals": tally.referrals,
        "fits": tally.fits,
        "edges": tally.edges,
        "mismatches": tally.mismatches,
        "fit_rate": None if tally.fit_rate is None else round(tally.fit_rate, 3),
        "median_first_response_hours": response and round(response.total_seconds() / _HOUR_S, 1),
        "median_days_to_appointment": appointment
        and round(appointment.total_seconds() / _DAY_S, 1),
        "outcomes": dict(sorted(tally.outcomes.items())),
    }


def _row(one: SourceStanding, tally: Tally) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.card.facts.kind.value,
        "tier": one.score.tier.value.upper(),
        "is_tier_set": one.score.is_tier_set,
        "next_hour": one.score.hour.value,
        "worth": round(one.score.worth, 2),
        "last_contact_on": one.last.on.isoformat() if one.last else None,
        "due_on": one.follow_up.due_on.isoformat() if one.follow_up.due_on else None,
        **figures_of(tally),
    }
