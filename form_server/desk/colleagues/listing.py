"""The directory of colleagues: who takes what, who has room, and whom nobody takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, request, url_for

from form_server.desk.colleagues.listed import list_agreed
from form_server.desk.colleagues.wording import (
    candidate_of,
    full_name,
    is_thanks_owed,
    label_kinds,
    say_room,
    say_takes,
    say_where,
    telephone,
)
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page
from form_server.ledger import Colleague, Dealings
from outreach_kit.outreach.gaps import uncovered
from outreach_kit.outreach.kinds import Kind, covers, kinds_of, kinds_sent_on

MOST_SHOWN: Final = 60
_DONE: Final = {
    "removed": "Removed. What was placed with them stays on record.",
    "imported": "The table was taken in.",
}


@dataclass(frozen=True)
class ColleagueRow:
    href: str
    name: str
    where: str
    takes: str
    room: str
    tel: str
    owes_thanks: bool
    is_public: bool


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ColleaguesPage:
    """`uncovered` are lines of what the practice does not take, and nobody here takes either.

    `more` shows all of them, and is empty when all are there. `undo` brings back who was removed.
    `agreed` is how many can be listed in public; `unlisted` agreed too, and no page can show them yet.
    """

    rows: tuple[ColleagueRow, ...]
    found: int
    count: int
    words: str
    kinds: tuple[Choice, ...]
    is_filtered: bool
    here: str
    new: str
    take_in: str
    export: str
    listed: str
    agreed: int
    unlisted: tuple[str, ...]
    gaps: str
    uncovered: tuple[str, ...]
    more: str
    done: str
    undo: str


def show_colleagues() -> Response:
    """The list, or what of it has the words that were typed and the kind that was picked."""
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    every, dealings = desk.ledger.colleagues.all(), desk.ledger.colleagues.dealings()
    words, slug = request.args.get("q", "").strip()[:100], request.args.get("kind", "")
    kinds = kinds_of(practice)
    kind = next((one for one in kinds if one.slug == slug), None)
    labels = label_kinds(practice)
    found = [one for one in every if _matches(one, words, kind, labels)]
    shown = found if request.args.get("all") else found[:MOST_SHOWN]
    desk.ledger.audit.note("colleagues.opened", actor=user.actor, detail=f"shown={len(shown)}")
    candidates = [candidate_of(one) for one in every]
    today = practice.today(desk.clock())
    removed = request.args.get("id", "")
    listing = list_agreed(every, practice, today)
    view = ColleaguesPage(
        rows=tuple(_row(one, dealings.get(one.id), labels, today) for one in shown),
        found=len(found),
        count=len(every),
        words=words,
        kinds=tuple(Choice(one.slug, one.label, one is kind) for one in kinds),
        is_filtered=bool(words or kind),
        here=url_for("desk.show_colleagues"),
        new=url_for("desk.new_colleague"),
        take_in=url_for("desk.show_colleague_import"),
        export=url_for("desk.export_colleagues"),
        listed=url_for("desk.save_listing"),
        agreed=len(listing.file.colleague),
        unlisted=listing.refused,
        gaps=url_for("desk.show_colleague_gaps"),
        uncovered=tuple(one.label for one in uncovered(kinds_sent_on(practice), candidates)),
        more=_more(words, slug) if len(shown) < len(found) else "",
        done=_DONE.get(request.args.get("done", ""), ""),
        undo=url_for("desk.restore_colleague", colleague_id=removed) if removed else "",
    )
    return render_page("colleagues/list.html", view, title="Colleagues", signed_in=user)


def _more(words: str, slug: str) -> str:
    return url_for("desk.show_colleagues", q=words or None, kind=slug or None, all=1)


def _matches(one: Colleague, words: str, kind: Kind | None, labels: Mapping[str, str]) -> bool:
    facts = one.facts
    if kind is not None and not covers(facts.needs, facts.need_words, kind):
        return False
    if not words:
        return True
    said = " ".join(
        (
            full_name(facts), facts.practice, facts.town, *say_takes(facts, labels),
            *facts.plans, *facts.languages, *facts.telehealth,
        )
    ).casefold()  # fmt: skip
    return all(word in said for word in words.casefold().split())


def _row(
    one: Colleague, dealings: Dealings | None, labels: Mapping[str, str], today: date
) -> ColleagueRow:
    return ColleagueRow(
        href=url_for("desk.show_colleague", colleague_id=one.id),
        name=full_name(one.facts),
        where=say_where(one.facts),
        takes=", ".join(say_takes(one.facts, labels)),
        room=say_room(one.facts, today),
        tel=telephone(one.facts.phone),
        owes_thanks=is_thanks_owed(one, dealings or Dealings()),
        is_public=one.facts.public_on is not None,
    )
