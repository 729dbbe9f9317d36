"""Bodies of requests as fields: form, multipart or JSON, taken apart without trusting any of it.

A body that cannot be read is refused whole, with the HTTP status that says why. Refusals are raised
without their cause, because a decoder's error carries the whole body along.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn
from urllib.parse import parse_qsl

from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder

from outreach_kit.errors import HandoffError

_: Final = str
"""Marks what is said in the practice's language, which is known where it is shown."""

MAX_BODY_BYTES: Final = 64 * 1024
MAX_FIELDS: Final = 100
FORM_TYPE: Final = "application/x-www-form-urlencoded"
MULTIPART_TYPE: Final = "multipart/form-data"
JSON_TYPE: Final = "application/json"
PROBLEM_TYPE: Final = "application/problem+json"

Fields = Mapping[str, object]
"""Name to value as it came: a text; a list of texts when a form repeats a name; anything in JSON."""


class BodyRefused(HandoffError):
    """A body that cannot be read. `status` is the HTTP status; `what` and `todo` are for people."""

    def __init__(self, status: int, what: str, todo: str) -> None:
        self.status = status
        self.what = what
        self.todo = todo
        super().__init__(f"{what} {todo}")


def parse_body(body: bytes, mimetype: str, parameters: Mapping[str, str]) -> Fields:
    """The fields of a body, in the order they came. Raises BodyRefused (400, 413 or 415)."""
    if len(body) > MAX_BODY_BYTES:
        raise too_large()
    if mimetype == FORM_TYPE:
        return _parse_form(body)
    if mimetype == JSON_TYPE or mimetype.endswith("+json"):
        return _parse_json(body)
    if mimetype == MULTIPART_TYPE:
        return _parse_multipart(body, parameters.get("boundary", ""))
    raise BodyRefused(
        415,
        "This kind of content cannot be read here.",
        f"Send {FORM_TYPE}, {MULTIPART_TYPE} or {JSON_TYPE}.",
    )


def too_large() -> BodyRefused:
    return BodyRefused(
        413,
        _("A referral has at most 64 kB."),
        _("Shorten what you wrote; the note has room for 300 characters."),
    )


def _parse_form(body: bytes) -> Fields:
    try:
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise _too_many_fields() from None
    return _gather(pairs)


def _parse_multipart(body: bytes, boundary: str) -> Fields:
    if not boundary or not boundary.isascii():
        raise _not_multipart()
    pairs: list[tuple[str, str]] = []
    name, value = "", bytearray()
    decoder = MultipartDecoder(boundary.encode("ascii"))
    decoder.receive_data(body)
    decoder.receive_data(None)  # all of it is here: what is cut short raises ValueError
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, File):
                raise _no_files()
            if isinstance(event, Field):
                name = event.name or ""
            elif isinstance(event, Data):
                value += event.data
                if not event.more_data:
                    pairs.append((name, value.decode("utf-8")))
                    value = bytearray()
                    if len(pairs) > MAX_FIELDS:
                        raise _too_many_fields()
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise _not_multipart() from None
    return _gather(pairs)


def _gather(pairs: Sequence[tuple[str, str]]) -> Fields:
    """A name that comes once has a text, one that comes again a list of them."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        known = fields.get(name)
        if known is None:
            fields[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            fields[name] = [known, value]
    return fields


def _parse_json(body: bytes) -> Fields:
    try:
        # Not as “utf-8-sig”: the codec for that one mark is written in Python.
        parsed = _DECODER.decode(body.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except RecursionError:
        raise BodyRefused(400, "The JSON is nested too deeply.", "Send one flat object.") from None
    except ValueError:
        raise BodyRefused(400, "The body is not JSON.", "Send one JSON object.") from None
    if not isinstance(parsed, dict):
        raise BodyRefused(400, "The JSON is not an object.", "Send one object: {…}.")
    if len(parsed) > MAX_FIELDS:
        raise _too_many_fields()
    return parsed


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BodyRefused(
            400, "The JSON names a key twice.", "Name each key once; reasons are one list."
        )
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


# Numbers stay as written: a telephone number may come without quotes.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_refuse_constant
)


def _not_utf8() -> BodyRefused:
    return BodyRefused(400, "The text is not UTF-8.", "Send it encoded as UTF-8.")


def _too_many_fields() -> BodyRefused:
    return BodyRefused(
        413, f"There are more than {MAX_FIELDS} fields.", "Send the form's own fields, once each."
    )


def _not_multipart() -> BodyRefused:
    return BodyRefused(
        400,
        _("The form did not arrive whole."),
        _("Send the form again from its own page."),
    )


def _no_files() -> BodyRefused:
    return BodyRefused(
        415,
        _("Files cannot be sent here, and none was kept."),
        _("Leave the file out; a note of 300 characters is all that is needed."),
    )
