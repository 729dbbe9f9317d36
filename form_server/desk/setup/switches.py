"""What goes by itself, switched by an owner: it holds within seconds, with the way back beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.fresh import require_fresh
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.privacy.pack import mail_agreement
from form_server.desk.setup.switch_words import SPOKEN, read_switch, say_hour
from form_server.ledger import NotFound
from form_server.settings import Forward
from form_server.switches import (
    DIGEST,
    FORWARD,
    NAMES,
    RETENTION,
    CurrentSwitches,
    Switches,
    lay_over,
)
from outreach_kit.errors import UsageError

_WORD: Final = "erase"
_DONE: Final = {
    "saved": "Saved. It holds within a few seconds.",
    "undone": "It is as it was before.",
    "default": "The server’s own setting has the word again.",
}
_NO_TLS: Final = (
    "Whole referrals cannot go out: the line to your mail server is not encrypted. Whoever runs this "
    "server has to set HANDOFF_MAIL_USE_TLS=1 or HANDOFF_MAIL_USE_SSL=1 first."
)
_NO_AGREEMENT: Final = (
    "Whole referrals cannot go out yet: no agreement with whoever runs {server} is recorded. Sign one, "
    "record it under Privacy, Agreements, and switch this on then."
)


@dataclass(frozen=True)
class SwitchCard:
    """`undo` and `to_default` are empty where there is nothing to go back to; `lock` says why a
    choice is refused now."""

    name: str
    title: str
    says: str
    now: str
    default: str
    value: str
    choices: tuple[tuple[str, str], ...]
    hours: tuple[tuple[str, str], ...]
    hour: str
    lock: str
    save: str
    undo: str
    to_default: str


@dataclass(frozen=True)
class Confirming:
    """What is erased for good if the word is typed; `value` is what was asked for."""

    action: str
    value: str
    says: str
    word: str
    is_wrong: bool


@dataclass(frozen=True)
class SwitchPage:
    cards: tuple[SwitchCard, ...]
    confirming: Confirming | None
    here: str
    back: str
    error: str
    done: str


def show_switches() -> Response:
    return _page()


def save_switch(switch: str) -> Response:
    """Raises NotFound for what is no switch, NotFresh."""
    try:
        return _set(_known(switch), read_switch(switch, request.form), "saved")
    except UsageError as refusal:
        return _page(error=str(refusal))


def undo_switch(switch: str) -> Response:
    """Back to what held before the last change; tapped twice, forward again. Raises NotFound."""
    there = the_desk().ledger.desk_settings.all().get(_known(switch))
    if there is None:
        raise NotFound("setting", switch)
    try:
        return _set(switch, there.previous, "undone")
    except UsageError as refusal:
        return _page(error=str(refusal))


def default_switch(switch: str) -> Response:
    """The environment has the word again. Raises NotFound."""
    if _known(switch) not in the_desk().ledger.desk_settings.all():
        raise NotFound("setting", switch)
    return _set(switch, None, "default")


def switches_of(desk: Desk) -> CurrentSwitches:
    """Raises NotFound where the server was put together without any."""
    if desk.switches is None:
        raise NotFound("switches", "desk")
    return desk.switches


def _known(switch: str) -> str:
    if switch not in NAMES:
        raise NotFound("switch", switch)
    return switch


def _set(name: str, text: str | None, done: str) -> Response:
    """Asks first where something would be erased. Raises UsageError for what may not be."""
    desk, user = the_desk(), signed_in()
    switches = switches_of(desk)
    switches.forget()
    now = switches()
    then = lay_over(switches.default, {**_others(desk, name), **({name: text} if text else {})})
    if name == FORWARD and text == Forward.FULL and (lock := _lock(desk)):
        raise UsageError(lock)
    erases_more = name == RETENTION and _erases_more(now, then)
    if erases_more or (name == FORWARD and then.forward is not now.forward):
        require_fresh(user, desk.clock())
    if erases_more and request.form.get("confirm", "").strip().casefold() != _WORD:
        return _page(confirming=_confirm(desk, then, text))
    held = desk.ledger.desk_settings.all().get(name)
    if text != (held.value if held else None):
        desk.ledger.desk_settings.put(name, text, actor=user.actor)
        switches.forget()
    return go_to(url_for("desk.show_switches", done=done))


def _others(desk: Desk, name: str) -> dict[str, str]:
    return {
        one.name: one.value
        for one in desk.ledger.desk_settings.all().values()
        if one.name in NAMES and one.name != name and one.value is not None
    }


def _erases_more(now: Switches, then: Switches) -> bool:
    before, after = now.clock.retention_days, then.clock.retention_days
    return after > 0 and (before == 0 or after < before)


def _confirm(desk: Desk, then: Switches, text: str | None) -> Confirming:
    """A form of its own: what is about to be lost, counted, and a word to be typed."""
    days = then.clock.retention_days
    referrals, questions = _count_ripe(desk, days)
    now = "No closed referral is" if not referrals else "One closed referral is"
    if referrals > 1:
        now = f"{referrals} closed referrals are"
    if questions:
        both = f"{referrals} closed referral{'s' * (referrals != 1)}"
        now = f"{both} and {questions} answered question{'s' * (questions != 1)} are"
    said = SPOKEN[RETENTION].say(then)
    action = "desk.default_switch" if text is None else "desk.save_switch"
    return Confirming(
        action=url_for(action, switch=RETENTION),
        value=text or "",
        says=f"{said}: {now} that old today. What is so old is erased each night and does not come "
        "back. Until three in the night you can still undo this.",
        word=_WORD,
        is_wrong=bool(request.form.get("confirm", "").strip()),
    )


def _lock(desk: Desk) -> str:
    """Why mail may not carry a whole referral; empty when it may."""
    if desk.handling.own_mailbox:
        return ""
    if not switches_of(desk).may_carry_whole:
        return _NO_TLS
    if mail_agreement(desk) is None:
        return _NO_AGREEMENT.format(server=desk.handling.mail_server)
    return ""


def _page(error: str = "", confirming: Confirming | None = None) -> Response:
    desk = the_desk()
    view = SwitchPage(
        cards=tuple(_card(desk, name) for name in NAMES),
        confirming=confirming,
        here=url_for("desk.show_switches"),
        back=url_for("desk.show_settings"),
        error=error,
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    is_refused = bool(error or confirming)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render_page(
        "setup/switches.html",
        view,
        title="What goes by itself",
        signed_in=signed_in(),
        status=status,
    )


def _card(desk: Desk, name: str) -> SwitchCard:
    switches, spoken = switches_of(desk), SPOKEN[name]
    now, there = switches(), desk.ledger.desk_settings.all().get(name)
    hours = tuple((str(hour), say_hour(hour)) for hour in range(24)) if name == DIGEST else ()
    is_ours = there is not None and there.value is not None
    return SwitchCard(
        name=name,
        title=spoken.title,
        says=f"{spoken.says} {_ripe(desk, now)}".strip() if name == RETENTION else spoken.says,
        now=spoken.say(now),
        default=spoken.say(switches.default),
        value=spoken.value(now),
        choices=spoken.choices,
        hours=hours,
        hour=str(now.clock.digest_hour),
        lock=_lock(desk) if name == FORWARD else "",
        save=url_for("desk.save_switch", switch=name),
        undo=url_for("desk.undo_switch", switch=name) if there is not None else "",
        to_default=url_for("desk.default_switch", switch=name) if is_ours else "",
    )


def _ripe(desk: Desk, now: Switches) -> str:
    """How many go next, under what holds."""
    days = now.clock.retention_days
    if not days:
        return ""
    return f"Tonight: {sum(_count_ripe(desk, days))}."


def _count_ripe(desk: Desk, days: int) -> tuple[int, int]:
    """Referrals, and questions, that a rule of so many days would empty now."""
    until = desk.clock() - timedelta(days=days)
    ledger = desk.ledger
    return (
        ledger.purging.count_closed_before(until),
        ledger.question_removal.count_closed_before(until),
    )
