"""The scorecard over a period: by month, by source and as a whole, as charts and files show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from form_server.ledger import SourceCounts
from form_server.rounds.period import Period
from form_server.rounds.standing import SourceStanding, to_tally
from form_server.rounds.survey import Survey
from outreach_kit.outreach.follow_up import Tier
from outreach_kit.outreach.scorecard import Tally, add_up

_HOUR_S: Final = 3600
_DAY_S: Final = 86_400


@dataclass(frozen=True)
class Scorecard:
    """`months` are the period's, in its order; `by_source` has "" for what came under no code. Tier
    and worth of an hour are those of today, whatever the period."""

    survey: Survey
    period: Period
    months: tuple[Tally, ...]

    @cached_property
    def whole(self) -> Tally:
        return add_up(self.months)

    @cached_property
    def by_source(self) -> Mapping[str, SourceCounts]:
        """Counts only; `tallies` has the waits and the ends too."""
        seen, period = self.survey, self.period
        return seen.ledger.tallies.counts(seen.inbox_ids, period.since, period.until)

    def tallies(self, codes: Sequence[str] | None = None) -> dict[str, Tally]:
        """Of these sources, or of all that sent anybody."""
        seen, period = self.survey, self.period
        zone = seen.practice.time_zone
        sent = seen.ledger.tallies.over(seen.inbox_ids, period.since, period.until, codes)
        return {code: to_tally(one.counts, zone, one) for code, one in sent.items()}

    def tiers_by_month(self) -> tuple[dict[Tier | None, int], ...]:
        """By the tier that each source has today; None for what came under no code of the list."""
        tiers = {one.code: one.score.tier for one in self.survey.standings}
        seen = self.survey
        months = []
        for counts in seen.ledger.tallies.counts_by_span(seen.inbox_ids, self.period.edges):
            month: dict[Tier | None, int] = {}
            for code, count in counts.items():
                tier = tiers.get(code)
                month[tier] = month.get(tier, 0) + count
            months.append(month)
        return tuple(months)

    @property
    def in_order(self) -> list[SourceStanding]:
        """Where the next hour is worth most, first."""
        return sorted(self.survey.standings, key=lambda one: (-one.score.worth, one.name))


def read_scorecard(survey: Survey, period: Period) -> Scorecard:
    return Scorecard(survey, period, read_months(survey, period))


def read_months(survey: Survey, period: Period, code: str | None = None) -> tuple[Tally, ...]:
    """Of all sources together, or of one."""
    zone = survey.practice.time_zone
    spans = survey.ledger.tallies.by_span(survey.inbox_ids, period.edges, code)
    return tuple(to_tally(one.counts, zone, one) for one in spans)


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
