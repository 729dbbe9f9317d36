"""The colleagues who agreed to be listed, as the website shows them, and nothing else about them.

The website is built from the practice folder and never asks the desk: who is listed goes there as a
file. An address for mail, a fax, what is free just now and what the desk noted stay here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response

from form_server.desk.colleagues.wording import label_kinds, say_takes
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.ledger import Colleague, ColleagueFacts
from outreach_kit.practice import ColleaguesFile, ListedColleague, Practice
from outreach_kit.practice.colleagues_text import COLLEAGUES_FILE, render_colleagues
from outreach_kit.practice.faults import Invalid


@dataclass(frozen=True)
class Listing:
    """`file` is what can be listed; `refused` are the names of those whom no page can show as they are."""

    file: ColleaguesFile
    refused: tuple[str, ...]


def list_agreed(colleagues: Sequence[Colleague], practice: Practice, today: date) -> Listing:
    """Only whoever agreed, on a day that has come; in the order given."""
    labels = label_kinds(practice)
    listed, refused = [], []
    for one in colleagues:
        agreed_on = one.facts.public_on
        if one.removed_at is not None or agreed_on is None or agreed_on > today:
            continue
        try:
            listed.append(_listed(one.facts, agreed_on, labels))
        except Invalid:
            refused.append(one.name)
    return Listing(ColleaguesFile(written_on=today, colleague=tuple(listed)), tuple(refused))


def save_listing() -> Response:
    """`colleagues.toml`, to be put into the practice folder; that it was taken is on record."""
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    today = practice.today(desk.clock())
    listing = list_agreed(desk.ledger.colleagues.all(), practice, today)
    detail = f"count={len(listing.file.colleague)}"
    desk.ledger.audit.note("colleagues.listed", actor=user.actor, detail=detail)
    answer = Response(render_colleagues(listing.file), mimetype="application/toml")
    answer.headers["Content-Disposition"] = f"attachment; filename={COLLEAGUES_FILE}"
    return answer


def _listed(facts: ColleagueFacts, agreed_on: date, labels: Mapping[str, str]) -> ListedColleague:
    """Raises Invalid."""
    said: dict[str, object] = {
        "name": facts.name,
        "credentials": facts.credentials,
        "practice": facts.practice,
        "phone": facts.phone,
        "website": facts.website,
        "booking_url": facts.booking_url,
        "takes": list(say_takes(facts, labels)),
        "youngest": facts.youngest,
        "oldest": facts.oldest,
        "languages": list(facts.languages),
        "plans": list(facts.plans),
        "self_pay": facts.self_pay,
        "sliding_scale": facts.sliding_scale,
        "online_in": list(facts.telehealth),
        "town": facts.town,
    }
    given = {key: value for key, value in said.items() if value not in ("", None)}
    return ListedColleague.model_validate({**given, "agreed_on": agreed_on})
