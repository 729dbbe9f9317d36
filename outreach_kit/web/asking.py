"""“May I ask you something?”: a question, or a request for a talk, on the site and on the server's pages.

A telephone number stands first and an e-mail address beside it; the form is there where a server takes
it in. Nothing of a patient is asked for, and a word that sounds like one is met with a kind hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.trainings import Training
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import ASK_URL, TRAININGS_URL, own_url
from outreach_kit.web.fields import ask_who
from outreach_kit.web.form import Complaint, complain, told_in
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import HoursLine, say_call_within, say_hours
from outreach_kit.web.questions import Field, FieldGroup, FieldMaker, Values
from outreach_kit.web.site import Site

QUESTION_MAX_CHARS: Final = 1000
_PRIVACY: Final = "privacy"


@frozen
class AskView:
    """`action` is empty where no server takes a form in; then phone and e-mail are all there is."""

    frame: Frame
    heading: str
    action: str
    phone: Phone
    email: str
    hours: tuple[HoursLine, ...]
    answer_within: str
    groups: tuple[FieldGroup, ...]
    talk: FieldGroup | None
    """What helps to plan a talk, folded away until it is wanted; None where no talks are given."""
    talk_open: bool
    talks_href: str
    hidden: tuple[tuple[str, str], ...]
    complaints: tuple[Complaint, ...]
    source_name: str
    heads_up: str
    """What stopped the sending once: `risk`, `patient`, or nothing."""
    unreachable: str
    """What a script says when neither number nor address is given."""
    empty: str
    """What it says when nothing is asked and no talk is picked."""
    time_zone: str
    privacy_href: str


def ask_view(
    site: Site,
    *,
    values: Values | None = None,
    errors: Mapping[str, str] | None = None,
    source_code: str = "",
    source_name: str = "",
    hidden: Mapping[str, str] | None = None,
    heads_up: str = "",
) -> AskView:
    """The page with what was typed and what was wrong. `values["talk"]` presets a talk."""
    words, practice = site.words, site.practice
    _ = words.gettext
    values, errors = values or {}, errors or {}
    make = FieldMaker(values, errors)
    groups = ask_asker(make, words, known_office=bool(source_name))
    picked = values.get("talk", "")
    question = ask_question(make, words, practice.trainings)
    talk = ask_talk(make, words) if practice.trainings else None
    shown = (*groups, question, *((talk,) if talk else ()))
    fields = {"source": source_code, "submission_id": "", **told_in(site), **(hidden or {})}
    return AskView(
        frame=frame_page(
            site,
            title=_("May I ask you something?"),
            page=ASK_URL,
            description=say_about(site),
            indexed=not (errors or heads_up),
            styles=("form.css",) if site.form_url else (),
            script="js/ask.js" if site.form_url else None,
        ),
        heading=_("May I ask you something?"),
        action=f"{site.form_url}/questions" if site.form_url else "",
        phone=practice.contact.phone,
        email=practice.contact.email or "",
        hours=say_hours(practice.hours, words),
        answer_within=say_call_within(practice.promise, words),
        groups=(*groups, question),
        talk=talk,
        talk_open=bool(picked)
        or any(field.answered or field.error for field in (talk.fields if talk else ())),
        talks_href=site.at(TRAININGS_URL) if practice.trainings else "",
        hidden=tuple(fields.items()),
        complaints=complain(errors, shown),
        source_name=source_name,
        heads_up=heads_up,
        unreachable=say_unreachable(words),
        empty=say_nothing_asked(words),
        time_zone=practice.identity.time_zone,
        privacy_href=next(
            (site.at(own_url(one)) for one in practice.pages if one.slug == _PRIVACY), ""
        ),
    )


def render_ask(view: AskView) -> str:
    return render("ask.html", view.frame.language, view)


def say_about(site: Site) -> str:
    """The page in one sentence, for search engines."""
    return site.words.gettext(
        "A question for {practice}, or a talk for your team: call, or write a few lines."
    ).format(practice=site.practice.name)


def ask_asker(
    make: FieldMaker, words: Words, *, known_office: bool = False
) -> tuple[FieldGroup, ...]:
    """Who asks, and how they are reached; their name may stay empty when a code says the office."""
    _ = words.gettext

    you = FieldGroup(
        "you",
        _("You"),
        (
            *ask_who(make, words, required=not known_office),
            make.text(
                "referrer_role", _("Your role"), autocomplete="organization-title",
                hint=_("For example: front desk, nurse, physician"),
            ),
        ),
    )  # fmt: skip
    reach = FieldGroup(
        "reach",
        _("How do we reach you?"),
        (
            make.phone("referrer_phone", _("Your phone"), words, autocomplete="tel"),
            make.email("referrer_email", _("Your e-mail"), words, autocomplete="email"),
        ),
        _("One of the two is enough."),
    )
    return you, reach


def ask_question(make: FieldMaker, words: Words, trainings: tuple[Training, ...]) -> FieldGroup:
    _ = words.gettext
    question = make.text(
        "question", _("What would you like to know?"), kind="note",
        max_length=QUESTION_MAX_CHARS,
        hint=_("No patient names or details, please. Ask as if it were about anybody."),
    )  # fmt: skip
    return FieldGroup("ask", _("Your question"), (question, *_which_talk(make, words, trainings)))


def _which_talk(
    make: FieldMaker, words: Words, trainings: tuple[Training, ...]
) -> tuple[Field, ...]:
    if not trainings:
        return ()
    _ = words.gettext
    rows = (("", _("No talk, just a question")), *((one.slug, one.title) for one in trainings))
    return (make.choice("talk", _("Would you like a talk for your team?"), rows, kind="select"),)


def ask_talk(make: FieldMaker, words: Words) -> FieldGroup:
    """What helps to plan a talk; all of it may stay empty."""
    _ = words.gettext
    return FieldGroup(
        "talk-plan",
        _("About the talk"),
        (
            make.text(
                "talk_when", _("Which weeks and times would suit you?"), max_length=200,
                hint=_("For example: a Tuesday in January, at noon"),
            ),
            make.text(
                "talk_people", _("About how many people?"), max_length=60,
            ),
            make.text(
                "talk_place", _("Where?"), max_length=200,
                hint=_("For example: the break room, second floor"),
            ),
        ),
    )  # fmt: skip


def say_unreachable(words: Words) -> str:
    return words.gettext("Give a phone number or an e-mail address, so that we can answer you.")


def say_nothing_asked(words: Words) -> str:
    return words.gettext("Write your question here, or pick a talk.")
