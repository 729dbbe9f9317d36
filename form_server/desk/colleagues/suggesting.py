"""Who is suggested for one referral: from the directory, and in a group from the practice first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from form_server.desk.colleagues.need import Understood, need_of
from form_server.desk.colleagues.wording import candidate_of, full_name, telephone
from form_server.desk.referral.case import Case
from form_server.ledger import Colleague
from outreach_kit.outreach.matching import Candidate, Suggestion, suggest
from outreach_kit.practice import Clinician, Practice


@dataclass(frozen=True)
class Suggested:
    """One line of the list. `inbox_id` is set for a clinician of the practice, to whom the referral
    is given and not sent; `value` names a colleague of the directory."""

    name: str
    where: str
    fits: tuple[str, ...]
    asks: tuple[str, ...]
    misses: tuple[str, ...]
    tel: str
    href: str
    value: str
    inbox_id: str

    @property
    def is_inside(self) -> bool:
        return bool(self.inbox_id)


@dataclass(frozen=True)
class Suggestions:
    """The first of them, best first, and how many there are in all."""

    shown: tuple[Suggested, ...]
    count: int


def find_suggestions(
    case: Case,
    understood: Understood | None,
    without: frozenset[str],
    most: int | None,
    *,
    with_inside: bool = True,
) -> Suggestions:
    """`without` are colleagues who were asked already. Nothing of what went to and fro is looked at
    here."""
    if case.said is None:
        return Suggestions((), 0)
    directory = {one.id: one for one in case.desk.ledger.colleagues.all() if one.id not in without}
    inside = _inside(case) if with_inside else {}
    candidates = [*inside.values(), *map(candidate_of, directory.values())]
    need = need_of(case.said, understood, case.practice)
    inboxes = {candidate.id: inbox_id for inbox_id, candidate in inside.items()}
    found = suggest(need, candidates, case.practice.today(case.now))
    shown = (
        _lay_out(one, directory.get(one.candidate.id), inboxes.get(one.candidate.id, ""))
        for one in found[:most]
    )
    return Suggestions(tuple(shown), len(found))


def _inside(case: Case) -> dict[str, Candidate]:
    """Clinicians of the practice who have an inbox of their own that it does not lie in."""
    found: dict[str, Candidate] = {}
    for inbox in case.desk.ledger.inboxes.all():
        clinician = case.practice.clinician(inbox.clinician or "")
        if clinician is not None and inbox.id != case.referral.inbox_id:
            found[inbox.id] = _candidate(clinician, case.practice)
    return found


def _candidate(clinician: Clinician, practice: Practice) -> Candidate:
    facts = clinician.facts
    return Candidate(
        id=f"clinician {clinician.slug}",
        name=clinician.name_and_credentials,
        needs=tuple(reason.slug for reason in facts.refer_when),
        need_words=tuple(reason.text for reason in facts.refer_when),
        youngest=facts.ages.youngest,
        oldest=facts.ages.oldest,
        languages=facts.languages,
        plans=practice.insurance.plans,
        telehealth=facts.telehealth,
        openings=facts.openings.count if facts.openings else None,
        openings_on=facts.openings.on if facts.openings else None,
        is_inside=True,
    )


def _lay_out(found: Suggestion, colleague: Colleague | None, inbox_id: str) -> Suggested:
    said = {"fits": found.fits, "asks": found.asks, "misses": found.misses}
    if colleague is None:
        name = found.candidate.name
        return Suggested(name, "", **said, tel="", href="", value="", inbox_id=inbox_id)
    facts = colleague.facts
    return Suggested(
        full_name(facts),
        " · ".join(text for text in (facts.practice, facts.town) if text),
        **said,
        tel=telephone(facts.phone),
        href=url_for("desk.show_colleague", colleague_id=colleague.id),
        value=colleague.id,
        inbox_id="",
    )
