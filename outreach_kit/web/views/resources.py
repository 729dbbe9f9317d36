"""Where else there is help: crisis lines first, then the colleagues who agreed to be named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outreach_kit.frozen import frozen
from outreach_kit.practice import ListedColleague, Practice
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.nation import in_nation
from outreach_kit.web.phrases import say_states
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign
from outreach_kit.web.views.help_lines import Help, first_lines, lines_near, more_lines


@frozen
class Line:
    """One thing that a colleague takes, in the page's language or marked with its own."""

    text: str
    said_in: Foreign | None


@frozen
class Trusted:
    name: str
    where: str
    takes: tuple[Line, ...]
    facts: tuple[str, ...]
    """Ages, languages, plans: a short line each."""
    phone: Phone | None
    website: str
    booking_url: str


@frozen
class ResourcesView:
    frame: Frame
    first: tuple[Help, ...]
    near: tuple[Help, ...]
    more: tuple[Help, ...]
    trusted: tuple[Trusted, ...]
    agreed_by: str
    """The day on which the list was last gone through; empty without one."""


def view_resources(site: Site, words: Words, frame: Frame) -> ResourcesView:
    is_home = in_nation(site.practice)
    listed = site.practice.trusted
    shown = [one for one in listed.colleague if one.agreed_on <= site.today] if listed else []
    own_words = _own_words(site.practice)
    return ResourcesView(
        frame=frame,
        first=first_lines(words) if is_home else (),
        near=lines_near(site),
        more=more_lines(words) if is_home else (),
        trusted=tuple(_show(one, site, words, own_words) for one in shown),
        agreed_by=words.day(listed.written_on) if listed and shown else "",
    )


def _show(one: ListedColleague, site: Site, words: Words, own_words: Mapping[str, str]) -> Trusted:
    _ = words.gettext
    main = site.practice.languages[0]
    named = f"{one.name}, {one.credentials}" if one.credentials else one.name
    return Trusted(
        name=named,
        where=" · ".join(filter(None, (one.practice, one.town))),
        takes=tuple(
            Line(own_words[text], None) if text in own_words else Line(text, foreign(site, main))
            for text in one.takes
        ),
        facts=tuple(filter(None, _facts(one, words))),
        phone=one.phone,
        website=one.website or "",
        booking_url=one.booking_url or "",
    )


def _facts(one: ListedColleague, words: Words) -> Sequence[str]:
    _ = words.gettext
    return (
        _say_ages(one, words),
        words.listing(one.languages),
        _("Online in {states}").format(states=say_states(one.online_in, words))
        if one.online_in
        else "",
        _("In network with {plans}").format(plans=words.listing(one.plans)) if one.plans else "",
        _("Sliding scale") if one.sliding_scale else "",
        _("Takes people who pay themselves") if one.self_pay else "",
    )


def _say_ages(one: ListedColleague, words: Words) -> str:
    _ = words.gettext
    if one.youngest is None and one.oldest is None:
        return ""
    if one.oldest is None:
        return _("Ages {youngest} and older").format(youngest=one.youngest)
    if one.youngest is None:
        return _("Ages up to {oldest}").format(oldest=one.oldest)
    return _("Ages {youngest} to {oldest}").format(youngest=one.youngest, oldest=one.oldest)


def _own_words(practice: Practice) -> Mapping[str, str]:
    """The lines of the practice's own lists as the main language has them, in the language of now."""
    main = practice.in_language(practice.languages[0])
    found: dict[str, str] = {}
    for here, told in zip(main.clinicians, practice.clinicians, strict=True):
        for one, other in zip(here.facts.refer_when, told.facts.refer_when, strict=True):
            found[one.label] = other.label
        if len(here.facts.not_fit) == len(told.facts.not_fit):
            found |= dict(zip(here.facts.not_fit, told.facts.not_fit, strict=True))
    if practice.language == main.language:
        return found
    return {here: told for here, told in found.items() if here != told}
