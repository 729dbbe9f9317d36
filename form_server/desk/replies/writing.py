"""The page on which a reply is drafted and reviewed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.page import go_to, render_page
from form_server.desk.referral.case import Case, open_case
from form_server.desk.referral.report_back import say_lack
from form_server.desk.replies.drafting import draft
from form_server.desk.replies.needed import ENDINGS, likely_ending, missing_replies
from form_server.desk.replies.sides import Side, asker_of, side_of
from form_server.desk.replies.words import ABOUT, HOW, LANGUAGES
from form_server.ledger import NotFound, NotNow, Outcome, ReplyWay, Whom
from form_server.ledger.replies import OWN_CONSENT
from outreach_kit.outreach.telling import Telling

LONGEST: Final = 4000  # characters of a reply: two pages, more than anybody reads
_AT_ONCE: Final = frozenset({ReplyWay.MAIL, ReplyWay.PHONE})
_ON_PAPER: Final = frozenset({ReplyWay.PRINT, ReplyWay.FAX})
_ONE_MORE: Final = {
    "reply": "That one is kept. Now the other note, and it closes.",
    "reply-mail": "That one goes out in a minute. Now the other note, and it closes.",
    "reply-aside": "That one is set aside. Now the other note, and it closes.",
}
_NO_WORD_WANTED: Final = "They asked for no word back."


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Consent:
    """What the source may learn, and the tick that changes it; `href` is empty where none may."""

    says: str
    href: str
    is_given: bool


@dataclass(frozen=True)
class WritingPage:
    """`goes` is the button's label; `aside_reason` what is proposed where nothing is to be sent;
    `lacks` why the way that they wish is not among the ways."""

    heading: str
    back: str
    redraft: str
    record: str
    reply_id: str
    abouts: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    language: str
    about: str
    way: str
    words: str
    rows: int
    goes: str
    hint: str
    lacks: str
    consent: Consent | None
    aside_reason: str
    is_aside_open: bool
    done: str
    error: str


def write_reply(referral_id: str, whom: str) -> Response:
    case, side = open_side(referral_id, whom)
    about = likely_ending(case, case.desk.ledger.replies.of_referral(case.referral.id))
    return _render(case, side, about, side.ways[0])


def redraft_reply(referral_id: str, whom: str) -> Response:
    """The same page with a draft about another ending, or for another way."""
    case, side = open_side(referral_id, whom)
    return _render(case, side, read_about(), read_way(side) or side.ways[0])


def open_side(referral_id: str, whom: str) -> tuple[Case, Side]:
    """Raises NotFound for what is not the user's, NotNow when nobody may be answered any more."""
    case = open_case(referral_id)
    if not case.is_open:
        raise NotNow("referral", referral_id, case.referral.state.value, "open")
    side = _in_language(side_of(case, Whom(whom)))
    if not side.ways or side.telling is Telling.NOTHING:
        raise NotFound("reply", referral_id)
    return case, side


def _in_language(side: Side) -> Side:
    """As picked on the page; without that, in the language that they read."""
    typed = request.form.get("language", "")
    return replace(side, language=typed) if typed in LANGUAGES else side


def read_about() -> Outcome:
    typed = request.form.get("about", "")
    return next((one for one in ENDINGS if one.value == typed), Outcome.SCHEDULED)


def read_way(side: Side) -> ReplyWay | None:
    """None for a way that is not permitted, or none at all."""
    typed = request.form.get("way", "")
    return next((one for one in side.ways if one.value == typed), None)


def refuse_reply(case: Case, side: Side, about: Outcome, error: str) -> Response:
    """The page again, with what was typed kept."""
    return _render(
        case,
        side,
        about,
        read_way(side) or side.ways[0],
        words=request.form.get("words"),
        error=error,
    )


def back_to(case: Case, done: str) -> Response:
    """The referral's page; while somebody is closing it, at once the next note that this asks for."""
    replies = case.desk.ledger.replies
    closing = replies.closing_as(case.referral.id)
    if closing:
        missing = missing_replies(case, closing, replies.of_referral(case.referral.id))
        if missing:
            whom = missing[0].value
            return go_to(
                url_for("desk.write_reply", referral_id=case.referral.id, whom=whom, done=done)
            )
    anchor = "ending" if closing else "replies"
    href = url_for("desk.show_referral", referral_id=case.referral.id, done=done, _anchor=anchor)
    return go_to(href)


def _render(
    case: Case,
    side: Side,
    about: Outcome,
    way: ReplyWay,
    *,
    words: str | None = None,
    error: str = "",
) -> Response:
    referral_id, whom = case.referral.id, side.whom.value
    text = draft(case, side, about, way) if words is None else words
    is_thanks = side.telling is Telling.THANKS
    said = case.said
    view = WritingPage(
        heading=heading_for(side),
        back=url_for("desk.show_referral", referral_id=case.referral.id),
        redraft=url_for("desk.redraft_reply", referral_id=referral_id, whom=whom),
        record=url_for("desk.record_reply", referral_id=referral_id, whom=whom),
        reply_id=case.desk.ledger.new_id(),
        abouts=()
        if is_thanks
        else tuple(Choice(one.value, ABOUT[one], one is about) for one in ENDINGS),
        ways=tuple(Choice(one.value, HOW[one], one is way) for one in side.ways),
        languages=tuple(
            Choice(code, name, code == side.language.split("-")[0])
            for code, name in LANGUAGES.items()
        ),
        language=side.language,
        about=about.value,
        way=way.value,
        words=text,
        rows=rows_for(text),
        goes=_goes(case, way),
        hint=_hint(case, side, way),
        lacks=say_lack(case, said) if side.whom is Whom.SOURCE and said is not None else "",
        consent=_consent(case, side),
        aside_reason=_NO_WORD_WANTED
        if side.whom is Whom.SOURCE and said is not None and said.report_back == "none"
        else "",
        is_aside_open="reason" in request.form and bool(error),
        done=_ONE_MORE.get(request.args.get("done", ""), ""),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "replies/write.html", view, title="Reply", signed_in=case.user, status=status
    )


def heading_for(side: Side) -> str:
    return f"Note to {side.name}"


def rows_for(text: str) -> int:
    """Lines that the text takes on a phone, so that all of it is seen without scrolling in it."""
    return min(24, 2 + sum(1 + len(line) // 42 for line in text.splitlines()))


def _goes(case: Case, way: ReplyWay) -> str:
    match way:
        case ReplyWay.MAIL if case.said:
            return f"Send it to {case.said.referrer.email}"
        case ReplyWay.PHONE:
            return "I said it on the phone"
    return "It is right: go on"


def _hint(case: Case, side: Side, way: ReplyWay) -> str:
    if way is ReplyWay.MAIL:
        return (
            "Mail is read by many. It names the receipt and not the patient. It goes out a minute "
            "after you let it go; until then you can take it back."
        )
    if way in {ReplyWay.TEXT, ReplyWay.EMAIL}:
        return "Whoever holds that phone may read it: it says nothing of why you call."
    if way in _ON_PAPER and side.asked_for_a_letter:
        return "A letter for their chart, so it names the patient."
    if way is ReplyWay.PHONE and side.whom is Whom.SOURCE and case.said:
        return f"Call {case.said.referrer.phone.typed}."
    return ""


def _consent(case: Case, side: Side) -> Consent | None:
    if side.whom is Whom.PATIENT:
        return None
    href = url_for("desk.set_consent", referral_id=case.referral.id)
    is_own = OWN_CONSENT in case.referral.flags
    if side.telling is Telling.OUTCOME:
        says = (
            "The patient told you that they may learn how it goes."
            if is_own
            else "The patient agreed in the office’s form that they may learn how it goes."
        )
        return Consent(says, href, is_given=True)
    why = (
        "They do not treat the patient, so only a consent that you took yourself counts."
        if not asker_of(case).treats
        else "The patient did not agree that they learn how it goes."
    )
    says = f"{why} So the note says thank you, and the same whatever happened."
    return Consent(says, href, is_given=False)
