"""What can be chosen, as people read it: labels for lists, and sentences for and against a person."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_kit.frozen import frozen
from outreach_kit.web.directory.facets import AGE_BANDS, ONLINE, By, Directory, Facet
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_states

Labels = Mapping[tuple[By, str], str]


@frozen
class Question:
    """A kind of choice as it is asked, and what stands there while nothing is chosen."""

    label: str
    anything: str


def ask(by: By, words: Words) -> Question:
    _ = words.gettext
    return {
        By.NEED: Question(_("What is it about?"), _("Anything")),
        By.AGE: Question(_("What age?"), _("Any age")),
        By.LANGUAGE: Question(_("Which language?"), _("Any language")),
        By.PLAN: Question(_("Which insurance plan?"), _("Any plan")),
        By.PLACE: Question(_("Where?"), _("Anywhere")),
    }[by]


def say_kind(by: By, words: Words) -> str:
    """As a heading over its choices."""
    _ = words.gettext
    return {
        By.NEED: _("By what it is about"),
        By.AGE: _("By age"),
        By.LANGUAGE: _("By language"),
        By.PLAN: _("By insurance plan"),
        By.PLACE: _("By place"),
    }[by]


def label(facet: Facet, words: Words) -> str:
    """In a list of its kind: “Panic attacks”, “13 to 17”, “Spanish”, “Premera”, “Online in Oregon”."""
    match facet.by:
        case By.AGE:
            return _age_labels(words)[facet.slug]
        case By.LANGUAGE:
            return words.language_name(facet.name)
        case By.PLACE if is_online(facet):
            return words.gettext("Online in {states}").format(states=_state(facet, words))
        case _:
            return facet.name


def label_all(directory: Directory, words: Words) -> Labels:
    return {(one.by, one.slug): label(one, words) for one in directory.facets}


def say_meets(facet: Facet, words: Words) -> str:
    """What speaks for somebody: “Speaks Spanish”."""
    _ = words.gettext
    match facet.by:
        case By.AGE:
            return _ages_seen(words)[facet.slug]
        case By.LANGUAGE:
            return _("Speaks {language}").format(language=_tongue(facet, words))
        case By.PLAN:
            return _("Takes {plan}").format(plan=facet.name)
        case By.PLACE if not is_online(facet):
            return _("Sees people at {place}").format(place=facet.name)
        case _:
            return label(facet, words)


def say_misses(facet: Facet, words: Words) -> str:
    """What speaks against somebody who would else fit; empty for what must fit."""
    _ = words.gettext
    match facet.by:
        case By.LANGUAGE:
            return _("Does not speak {language}").format(language=_tongue(facet, words))
        case By.PLAN:
            return _("Does not take {plan}").format(plan=facet.name)
        case By.PLACE if is_online(facet):
            return _("Not online in {states}").format(states=_state(facet, words))
        case By.PLACE:
            return _("Not at {place}").format(place=facet.name)
        case _:
            return ""


def title(facet: Facet, words: Words) -> str:
    """Of the page of all who answer to it."""
    _ = words.gettext
    match facet.by:
        case By.LANGUAGE:
            return _("Clinicians who speak {language}").format(language=_tongue(facet, words))
        case By.PLAN:
            return _("Clinicians who take {plan}").format(plan=facet.name)
        case By.PLACE if is_online(facet):
            return _("Clinicians online in {states}").format(states=_state(facet, words))
        case By.PLACE:
            return _("Clinicians at {place}").format(place=facet.name)
        case _:
            return _("Clinicians: {topic}").format(topic=label(facet, words))


def is_online(facet: Facet) -> bool:
    return facet.slug == ONLINE + facet.name.lower()


def _state(facet: Facet, words: Words) -> str:
    return say_states((facet.name,), words)


def _tongue(facet: Facet, words: Words) -> str:
    """Inside a sentence, where not every language writes it with a capital."""
    return str(words.locale.languages.get(facet.name, facet.name))


def _age_labels(words: Words) -> dict[str, str]:
    _ = words.gettext
    texts = (_("Under 13"), _("13 to 17"), _("18 to 64"), _("65 or older"))
    return dict(zip(AGE_BANDS, texts, strict=True))


def _ages_seen(words: Words) -> dict[str, str]:
    _ = words.gettext
    texts = (
        _("Sees children under 13"),
        _("Sees teens"),
        _("Sees adults"),
        _("Sees people of 65 and older"),
    )
    return dict(zip(AGE_BANDS, texts, strict=True))
