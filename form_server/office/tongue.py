"""In which language to answer: that of the page that was asked for, or on which a form was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import request

from form_server.office.arrival import prefers_json
from form_server.office.bodies import BodyRefused, parse_body
from outreach_kit.practice import Practice
from outreach_kit.web import PAGE_LANGUAGE_FIELD, folder_of
from outreach_kit.web.language import Words, words_in

_ASKED: Final = "lang"
"""What a script adds to an address whose answer holds words."""


def language_at(practice: Practice, path: str) -> str:
    """The language in whose folder a page lies; the main one for what lies in none."""
    for language in practice.languages[1:]:
        if path.startswith(f"{folder_of(practice, language)}/"):
            return language
    return practice.languages[0]


def language_of(practice: Practice, fields: Mapping[str, object]) -> str:
    """The language of the page on which a form was filled in; the main one where none is named."""
    said = fields.get(PAGE_LANGUAGE_FIELD)
    return said if isinstance(said, str) and said in practice.languages else practice.languages[0]


def language_asked(practice: Practice) -> str:
    """The language of the current request: its page's, its form's, or what its sender reads best.

    A page is in the language of its address, whoever opens it.
    """
    main, *others = practice.languages
    if not others:
        return main
    here = language_at(practice, request.path)
    if here != main:
        return here
    said = request.args.get(_ASKED) or _sent().get(PAGE_LANGUAGE_FIELD)
    if isinstance(said, str) and said in practice.languages:
        return said
    if _is_page():
        return main
    return request.accept_languages.best_match(practice.languages) or main


def words_asked(practice: Practice) -> Words:
    return words_in(language_asked(practice))


def _is_page() -> bool:
    """Whether a person opens an address, and no program asks for an answer."""
    accepts = request.headers.get("Accept", "")
    return request.method == "GET" and not prefers_json(request.mimetype, accepts)


def _sent() -> Mapping[str, object]:
    """The fields of a form, as far as they can be read: for the words of a refusal, and nothing else."""
    if request.method != "POST":
        return {}
    try:
        return parse_body(request.get_data(), request.mimetype, request.mimetype_params)
    except BodyRefused:
        return {}
