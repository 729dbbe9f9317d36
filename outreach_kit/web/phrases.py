"""The practice's facts as sentences: the promise, the hours, the openings, where it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS, ClinicianFile
from outreach_kit.practice.facts import Fee, FeeKind, Promise
from outreach_kit.practice.hours import Week
from outreach_kit.web.language import Words

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "the District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip


@frozen
class Openings:
    """A count that carries its day, and what stands in its place once it is stale."""

    text: str
    """Empty when the count is not fresh on the day of the build."""
    call: str
    fresh_until: str
    """The last day (ISO) on which `text` may be shown; a page that stays up past it hides it."""
    is_full: bool = False
    """Counted, and there were none."""
    first_on: str = ""
    """The first available day (ISO) when `text` names it; a page that stays up past it says `without`."""
    without: str = ""


def say_openings(facts: ClinicianFile, words: Words, today: dt.date) -> Openings:
    call = words.gettext("Call for current openings")
    openings = facts.openings
    if openings is None or not openings.fresh(today):
        return Openings("", call, "")
    first = openings.first_available_on
    text = say_count(openings.count, openings.on, first, words, today)
    bare = say_count(openings.count, openings.on, None, words, today)
    until = openings.on + dt.timedelta(days=OPENINGS_FRESH_DAYS)
    return Openings(
        text,
        call,
        until.isoformat(),
        is_full=not openings.count,
        first_on=first.isoformat() if first and text != bare else "",
        without=bare if text != bare else "",
    )


def say_count(
    count: int, on: dt.date, first_on: dt.date | None, words: Words, today: dt.date
) -> str:
    """“3 openings on November 16, the first on Monday, November 23”, or “No openings on November 16,
    the next on Monday, February 1”; a first day that has passed is left out."""
    _, ngettext = words.gettext, words.ngettext
    text = _("No openings on {day}")
    first = _("{openings}, the next on {weekday}, {day}")
    if count:
        text = ngettext("{count} opening on {day}", "{count} openings on {day}", count)
        first = _("{openings}, the first on {weekday}, {day}")
    text = text.format(count=count, day=words.day(on, today))
    if first_on is None or first_on < today:
        return text
    return first.format(
        openings=text, weekday=words.weekday(first_on.weekday()), day=words.day(first_on, today)
    )


def say_call_within(promise: Promise, words: Words) -> str:
    """“within 4 working hours”."""
    ngettext = words.ngettext
    if promise.working_hours is not None:
        return ngettext(
            "within {count} working hour", "within {count} working hours", promise.working_hours
        ).format(count=promise.working_hours)
    days = promise.working_days or 1
    return ngettext("within {count} working day", "within {count} working days", days).format(
        count=days
    )


def say_seen_within(promise: Promise, words: Words) -> str:
    """“within 10 days”, or nothing when no such promise is made."""
    if promise.seen_within_days is None:
        return ""
    return words.ngettext(
        "within {count} day", "within {count} days", promise.seen_within_days
    ).format(count=promise.seen_within_days)


@frozen
class HoursLine:
    """Some days and their hours, for a line of its own: the first letter is a capital."""

    days: str
    times: str

    @property
    def sentence(self) -> str:
        """With one point at its end: “9 a.m.” brings its own."""
        return f"{self.days}, {self.times.removesuffix('.')}."


def say_hours(hours: Week, words: Words) -> tuple[HoursLine, ...]:
    """Runs of days with the same hours, from Monday; days that are closed are left out."""
    _ = words.gettext
    lines: list[HoursLine] = []
    for first, last, spans in _runs(hours.week):
        days = words.weekday(first)
        if last > first:
            joined = _("{first} to {last}") if last > first + 1 else _("{first} and {last}")
            days = joined.format(first=days, last=words.weekday(last))
        times = ", ".join(
            _("{opens} to {closes}").format(opens=words.time(opens), closes=words.time(closes))
            for opens, closes in spans
        )
        lines.append(HoursLine(days[:1].upper() + days[1:], times))
    return tuple(lines)


def _runs(
    week: Sequence[tuple[tuple[dt.time, dt.time], ...]],
) -> list[tuple[int, int, tuple[tuple[dt.time, dt.time], ...]]]:
    runs: list[tuple[int, int, tuple[tuple[dt.time, dt.time], ...]]] = []
    for index, spans in enumerate(week):
        if runs and runs[-1][1] == index - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], index, spans)
        elif spans:
            runs.append((index, index, spans))
    return runs


def say_moment(practice: Practice, at: dt.datetime, words: Words, today: dt.date) -> str:
    """On the practice's own clock: “Monday, November 23, 1 PM”, and by which where its places differ."""
    said = words.moment(at.astimezone(practice.time_zone), today)
    if not practice.goes_by_several_clocks:
        return said
    zone = words.zone(practice.identity.time_zone)
    return words.gettext("{moment} ({zone})").format(moment=said, zone=zone)


def say_states(codes: Sequence[str], words: Words) -> str:
    """“Oregon and Washington”."""
    return words.listing([_STATES.get(code, code) for code in codes])


def say_either_state(codes: Sequence[str], words: Words) -> str:
    """“Oregon or Washington”: nobody is in both at once."""
    return words.either([_STATES.get(code, code) for code in codes])


def say_where(practice: Practice, clinician: Clinician, words: Words) -> str:
    """“Alder Falls, WA, and online in Washington”; every town in which they see people."""
    _ = words.gettext
    states = say_states(clinician.facts.telehealth, words)
    sites = practice.sites_of(clinician) or (practice.address,)
    town = words.listing(list(dict.fromkeys(f"{one.city}, {one.region}" for one in sites)))
    if not states:
        return town
    if not clinician.facts.in_person:
        return _("Online in {states}").format(states=states)
    return _("{town}, and online in {states}").format(town=town, states=states)


def say_ages(facts: ClinicianFile, words: Words) -> str:
    _ = words.gettext
    ages = facts.ages
    if ages.oldest is None:
        return _("{youngest} and older").format(youngest=ages.youngest)
    return _("{youngest} to {oldest}").format(youngest=ages.youngest, oldest=ages.oldest)


def say_plans(practice: Practice, words: Words, clinician: Clinician | None = None) -> str:
    """“In network with Regence, Premera and Kaiser PPO”, or that none is taken; of all, or of one.

    To ask is better than either where the practice has said nothing.
    """
    _ = words.gettext
    plans = practice.plans_of(clinician) if clinician else practice.insurance.plans
    if not practice.insurance.is_told:
        return _("Ask us about your plan")
    if not plans:
        return _("Not in network with any plan")
    return _("In network with {plans}").format(plans=words.listing(plans))


def say_consultation(practice: Practice, words: Words) -> str:
    """“A free 15-minute call first”, or nothing when none is offered."""
    _ = words.gettext
    minutes, price = practice.booking.consultation_minutes, practice.booking.consultation_price
    if minutes is None:
        return ""
    if not price:
        return _("A free {minutes}-minute call first").format(minutes=minutes)
    return _("A {minutes}-minute call first, {price}").format(
        minutes=minutes, price=words.money(price)
    )


def say_fee_summary(practice: Practice, words: Words) -> str:
    """“First session $190, then $160”, from the first fee of each kind; empty without fees."""
    _ = words.gettext
    intake = _first_fee(practice, FeeKind.INTAKE)
    session = _first_fee(practice, FeeKind.SESSION)
    sliding = _first_fee(practice, FeeKind.SLIDING)
    if intake and session:
        text = _("First session {intake}, then {session}").format(
            intake=words.money(intake.price), session=words.money(session.price)
        )
    elif only := intake or session:
        text = _("A session is {price}").format(price=words.money(only.price))
    else:
        return ""
    if sliding:
        text = _("{fees}; sliding scale from {price}").format(
            fees=text, price=words.money(sliding.price)
        )
    return text


def _first_fee(practice: Practice, kind: FeeKind) -> Fee | None:
    return next((fee for fee in practice.fees if fee.kind is kind), None)
