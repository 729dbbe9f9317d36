"""Adding a colleague and changing one, on a phone: one page, a name is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request, url_for

from form_server.desk.as_shown import mark_of
from form_server.desk.colleagues.columns import HEADINGS
from form_server.desk.colleagues.listing import Choice
from form_server.desk.colleagues.typed import FIELDS, read_typed, spell
from form_server.desk.colleagues.wording import label_kinds
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.case import referral_of
from form_server.ledger import ChangedMeanwhile, ColleagueFacts, NotFound
from outreach_kit.outreach.kinds import kinds_of, kinds_sent_on
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class ColleagueForm:
    """`fields` as they were typed, `complaints` by field; `sent_on` are kinds that the practice
    does not take itself, `wanted` those that it wants. `sending` is the referral that somebody is
    looking for a colleague for, and that saving leads back to. `seen` is a mark of what was shown;
    `meanwhile` is what somebody else has written since then, where it differs."""

    heading: str
    fields: Mapping[str, str]
    complaints: Mapping[str, str]
    sent_on: tuple[Choice, ...]
    wanted: tuple[Choice, ...]
    save: str
    back: str
    today: str
    sending: str
    seen: str
    meanwhile: tuple[str, ...]


def new_colleague() -> Response:
    return _render("Add a colleague", spell(_begun(request.args.get("office", ""))), {})


def add_colleague() -> Response:
    desk, user = the_desk(), signed_in()
    typed = _typed()
    facts, complaints = _read(desk, typed)
    if complaints:
        return _render("Add a colleague", typed, complaints)
    added = desk.ledger.colleagues.add(facts, actor=user.actor)
    sending = _sending()
    if sending:
        return go_to(url_for("desk.show_sending", referral_id=sending, _anchor="who"))
    return go_to(url_for("desk.show_colleague", colleague_id=added.id, done="added"))


def edit_colleague(colleague_id: str) -> Response:
    """Raises NotFound."""
    found = the_desk().ledger.colleagues.get(colleague_id)
    seen = mark_of(found.facts)
    return _render(found.name, spell(found.facts), {}, colleague_id, seen=seen)


def change_colleague(colleague_id: str) -> Response:
    """What somebody else wrote since the form was shown is told once before it is written over.
    Raises NotFound."""
    desk, user = the_desk(), signed_in()
    found = desk.ledger.colleagues.get(colleague_id)
    typed, seen = _typed(), request.form.get("seen", "")
    facts, complaints = _read(desk, typed)
    if complaints:
        return _render(found.name, typed, complaints, colleague_id, seen=seen)
    try:
        if seen and seen != mark_of(found.facts):
            raise ChangedMeanwhile("colleague", colleague_id)
        was = found.facts if seen else None
        desk.ledger.colleagues.change(colleague_id, facts, actor=user.actor, was=was)
    except ChangedMeanwhile:
        kept = desk.ledger.colleagues.get(colleague_id).facts
        if meanwhile := _differing(kept, facts, desk.practice()):
            seen = mark_of(kept)
            return _render(kept.name, typed, {}, colleague_id, seen=seen, meanwhile=meanwhile)
    return go_to(url_for("desk.show_colleague", colleague_id=colleague_id, done="saved"))


def _begun(code: str) -> ColleagueFacts:
    """What the book of offices knows of whoever has this code; nothing without one."""
    book = the_desk().ledger.address_book
    try:
        card = book.get(code)
    except NotFound:
        return ColleagueFacts(name="")
    facts, people = card.facts, book.people([card.code]).get(card.code, [])
    return ColleagueFacts(
        name=people[0].name if people else "",
        practice=card.name,
        phone=facts.phone,
        email=facts.email,
        fax=facts.fax,
        website=facts.website,
        town=facts.town,
        source_code=card.code,
    )


def known_codes(desk: Desk) -> frozenset[str]:
    """Those that were given out, in small letters: another would never count anything."""
    return frozenset(one.code.lower() for one in desk.ledger.sources.all())


def _sending() -> str:
    """The open referral that is being sent on meanwhile; empty for none, and for what is not theirs."""
    desk, user = the_desk(), signed_in()
    try:
        referral = referral_of(desk, Keyring.of(desk, user), request.values.get("sending", ""))
    except NotFound:
        return ""
    return referral.id if referral.closed_at is None else ""


def _differing(kept: ColleagueFacts, typed: ColleagueFacts, practice: Practice) -> tuple[str, ...]:
    """“Phone: (360) 555-0142”, as it is kept."""
    told, wanted = spell(kept), spell(typed)
    labels = label_kinds(practice)
    shown = {**told, "needs": ", ".join(labels.get(slug, slug) for slug in kept.needs)}
    return tuple(
        f"{HEADINGS[name]}: {shown[name] or 'nothing'}"
        for name in told
        if told[name] != wanted[name]
    )


def _typed() -> dict[str, str]:
    typed = {name: request.form.get(name, "") for name in FIELDS}
    return {**typed, "needs": "\n".join(request.form.getlist("needs"))}


def _read(desk: Desk, typed: Mapping[str, str]) -> tuple[ColleagueFacts, dict[str, str]]:
    practice = desk.practice()
    return read_typed(typed, practice, practice.today(desk.clock()), known_codes(desk))


def _render(
    heading: str,
    fields: Mapping[str, str],
    complaints: Mapping[str, str],
    colleague_id: str = "",
    *,
    seen: str = "",
    meanwhile: tuple[str, ...] = (),
) -> Response:
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    ticked = set(fields["needs"].splitlines())
    sent_on = {kind.slug for kind in kinds_sent_on(practice)}
    choices = [Choice(one.slug, one.label, one.slug in ticked) for one in kinds_of(practice)]
    if colleague_id:
        save = url_for("desk.change_colleague", colleague_id=colleague_id)
        back = url_for("desk.show_colleague", colleague_id=colleague_id)
    else:
        save, back = url_for("desk.add_colleague"), url_for("desk.show_colleagues")
    sending = "" if colleague_id else _sending()
    if sending:
        back = url_for("desk.show_sending", referral_id=sending)
    view = ColleagueForm(
        heading=heading,
        fields=fields,
        complaints=complaints,
        sent_on=tuple(one for one in choices if one.value in sent_on),
        wanted=tuple(one for one in choices if one.value not in sent_on),
        save=save,
        back=back,
        today=practice.today(desk.clock()).isoformat(),
        sending=sending,
        seen=seen,
        meanwhile=meanwhile,
    )
    refused = complaints or meanwhile
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    title = "Colleague" if colleague_id else "Add a colleague"
    return render_page("colleagues/form.html", view, title=title, signed_in=user, status=status)
