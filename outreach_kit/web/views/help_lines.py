"""Who answers a person in need: the lines of the whole country, and those that the practice names."""

from __future__ import annotations

import re

from outreach_kit.frozen import frozen
from outreach_kit.practice import HelpLine
from outreach_kit.practice.values import parse_phone
from outreach_kit.web.language import Words
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign


@frozen
class Way:
    """One thing to do: “Call 988”, with the address that does it."""

    text: str
    href: str


@frozen
class Help:
    name: str
    hours: str
    about: str
    ways: tuple[Way, ...]
    said_in: Foreign | None = None
    """The language of name, hours and about, where it is not the page's."""


def first_lines(words: Words) -> tuple[Help, ...]:
    """What to do now; whoever reads in Spanish finds those first who answer in it."""
    _ = words.gettext
    say = _Saying(words)
    any_hour = _("Day and night")
    in_spanish = Help(
        _("988 in Spanish"), any_hour,
        _("Somebody who speaks Spanish answers."),
        (say.call_then("988", "2"), say.text_word("988", "AYUDA")),
    )  # fmt: skip
    lifeline = Help(
        _("988 Suicide and Crisis Lifeline"), any_hour,
        _("You do not have to want to die to call. A person listens, and stays with you."),
        (say.call("988"), say.text("988")),
    )  # fmt: skip
    speaks_spanish = words.language.split("-")[0] == "es"
    return (
        Help(
            _("Somebody is in danger"), any_hour,
            _("An ambulance, the fire service or the police. Say first where you are."),
            (say.call("911"),),
        ),
        *((in_spanish, lifeline) if speaks_spanish else (lifeline, in_spanish)),
        Help(
            _("Veterans Crisis Line"), any_hour,
            _("For all who served, and for those who worry about them."),
            (say.call_then("988", "1"), say.text("838255")),
        ),
        Help(
            _("Crisis Text Line"), any_hour,
            _("For when you cannot or do not want to speak. You write, and a person writes back."),
            (say.text_word("741741", "AYUDA" if speaks_spanish else "HOME"),),
        ),
    )  # fmt: skip


def more_lines(words: Words) -> tuple[Help, ...]:
    """For one need each, in the whole country."""
    _ = words.gettext
    say = _Saying(words)
    any_hour = _("Day and night")
    return (
        Help(
            _("National Domestic Violence Hotline"), any_hour,
            _("When somebody at home scares you, hurts you or controls you."),
            (say.call("1-800-799-7233"), say.text_word("88788", "START")),
        ),
        Help(
            _("National Sexual Assault Hotline"), any_hour,
            _("Whether it was today or years ago."),
            (say.call("1-800-656-4673"),),
        ),
        Help(
            _("National Maternal Mental Health Hotline"), any_hour,
            _("While you are pregnant, and after a birth. For fathers and families too."),
            (say.call("1-833-852-6262"), say.text("1-833-852-6262")),
        ),
        Help(
            _("The Trevor Project"), any_hour,
            _("For LGBTQ+ young people who need somebody to talk to."),
            (say.call("1-866-488-7386"), say.text_word("678678", "START")),
        ),
        Help(
            _("SAMHSA National Helpline"), any_hour,
            _("When alcohol or drugs have taken over, for you or for somebody you love."),
            (say.call("1-800-662-4357"),),
        ),
        Help(
            _("Poison Help"), any_hour,
            _("When somebody took too much, or the wrong thing. If they pass out, call 911."),
            (say.call("1-800-222-1222"),),
        ),
        Help(
            "211", _("Day and night in most places"),
            _("Food, a bed, rent, a ride: who helps with it near you."),
            (say.call("211"),),
        ),
    )  # fmt: skip


def lines_near(site: Site) -> tuple[Help, ...]:
    """What the practice itself names."""
    say = _Saying(site.words)
    told = {one.slug for one in site.practice.overlay(site.language).lines if one.name}
    main = site.practice.languages[0]

    def show(line: HelpLine) -> Help:
        ways = [say.call(line.phone.display, line.phone.href)] if line.phone else []
        if line.text_to and line.text_word:
            ways.append(say.text_word(line.text_to, line.text_word))
        elif line.text_to:
            ways.append(say.text(line.text_to))
        return Help(
            line.name,
            line.hours or "",
            line.about or "",
            tuple(ways),
            None if site.is_main or line.slug in told else foreign(site, main),
        )

    return tuple(map(show, site.practice.lines))


@frozen
class _Saying:
    words: Words

    def call(self, number: str, href: str = "") -> Way:
        _ = self.words.gettext
        return Way(_("Call {number}").format(number=number), href or f"tel:{_dial(number)}")

    def call_then(self, number: str, key: str) -> Way:
        _ = self.words.gettext
        said = _("Call {number}, then press {key}").format(number=number, key=key)
        return Way(said, f"tel:{_dial(number)}")

    def text(self, number: str) -> Way:
        _ = self.words.gettext
        said = _("Text {number}").format(number=_spell(number))
        return Way(said, f"sms:{_dial(number)}")

    def text_word(self, number: str, word: str) -> Way:
        _ = self.words.gettext
        said = _("Text {word} to {number}").format(word=word, number=_spell(number))
        return Way(said, f"sms:{_dial(number)}")


def _spell(number: str) -> str:
    """Ten digits in a row are a telephone's, and read as one; a short code stands as it is."""
    return parse_phone(number).display if re.fullmatch("[0-9]{10}", number) else number


def _dial(number: str) -> str:
    """A telephone's number with its country; a short code as it is."""
    digits = "".join(one for one in number if one.isdigit())
    return {11: f"+{digits}", 10: f"+1{digits}"}.get(len(digits), digits)
