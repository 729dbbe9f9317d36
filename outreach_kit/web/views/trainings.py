"""The menu of talks: what each is about, how long it takes, what it needs, and how to ask for one."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice.trainings import Training
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import ASK_URL
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign


@frozen
class Talk:
    slug: str
    title: str
    told_in: Foreign | None
    minutes: str
    audiences: str
    """For whom it is; empty when it is for everybody."""
    about: str
    points: tuple[str, ...]
    needs: str
    ask_href: str
    """Leads to the form with this talk picked; without a form server, to phone and e-mail."""


@frozen
class TrainingsView:
    frame: Frame
    talks: tuple[Talk, ...]
    phone: Phone
    email: str | None


def view_trainings(site: Site, words: Words, frame: Frame) -> TrainingsView:
    practice = site.practice
    return TrainingsView(
        frame=frame,
        talks=tuple(_show(one, site, words) for one in practice.trainings),
        phone=practice.contact.phone,
        email=practice.contact.email,
    )


def _show(training: Training, site: Site, words: Words) -> Talk:
    practice = site.practice
    told = {one.slug for one in practice.overlay(site.language).trainings if one.title}
    found = (practice.audience(slug) for slug in training.audiences)
    return Talk(
        slug=training.slug,
        title=training.title,
        told_in=None if training.slug in told else foreign(site, practice.languages[0]),
        minutes=say_lengths(training.minutes, words),
        audiences=words.listing([one.name for one in found if one]),
        about=training.about,
        points=training.points,
        needs=training.needs or "",
        ask_href=f"{site.at(ASK_URL)}?talk={training.slug}" if site.form_url else "#ask",
    )


def say_lengths(minutes: tuple[int, ...], words: Words) -> str:
    """“15 or 45 minutes”."""
    _ = words.gettext
    *others, last = map(str, minutes)
    count = _("{first} or {last}").format(first=", ".join(others), last=last) if others else last
    return _("{count} minutes").format(count=count)
