"""Texts as small as they travel: compressed once for each content, kept in memory, sent when asked for.

Only what is the same for everybody goes this way: the website's files and the pages' own assets. A
page made for one visitor does not, because its length would tell of what stands in it.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import brotli  # type: ignore[import-untyped]
from flask import Response, request

_ENCODINGS: Final = ("br", "gzip")  # the smaller one first
_TEXTS: Final = frozenset(
    {
        "text/html", "text/css", "text/javascript", "text/plain", "text/calendar", "text/vcard",
        "image/svg+xml", "application/json", "application/xml", "text/xml",
    }
)  # fmt: skip
_SHORTEST: Final = 200  # bytes; below, the headers outweigh what is saved
_LONGEST: Final = 4_000_000
_ROOM: Final = 32_000_000
_BEST: Final = 9


class Squeezed:
    """Compressed copies by name and encoding, the ones unused for longest dropped first.

    Safe to share between threads; two that miss at once may both do the work.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._used = 0
        self._lock = threading.Lock()
        self._copies: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def copy_of(self, name: str, encoding: str, read: Callable[[], bytes]) -> bytes:
        """`name` changes with the content; `read` is called only when there is no copy yet."""
        key = (name, encoding)
        with self._lock:
            if key in self._copies:
                self._copies.move_to_end(key)
                return self._copies[key]
        made = _compress(read(), encoding)
        with self._lock:
            self._used += len(made) - len(self._copies.pop(key, b""))
            self._copies[key] = made
            while self._used > self._room and len(self._copies) > 1:
                _, dropped = self._copies.popitem(last=False)
                self._used -= len(dropped)
        return made


@dataclass(frozen=True)
class Original:
    """A text to be sent: `etag` changes with its content, `read` gives it whole."""

    mimetype: str
    size: int
    etag: str
    read: Callable[[], bytes]
    modified_at: datetime | None = None


def is_text(mimetype: str | None, size: int) -> bool:
    """Whether it may be sent compressed, and therefore says so to caches when it is not."""
    return mimetype in _TEXTS and _SHORTEST <= size <= _LONGEST


def send_squeezed(original: Original, squeezed: Squeezed) -> Response | None:
    """The small form of a text, with an ETag of its own; None where the plain one must go.

    A part of a file is a part of its plain form.
    """
    encoding = request.accept_encodings.best_match(_ENCODINGS)
    if encoding is None or "Range" in request.headers:
        return None
    copy = squeezed.copy_of(original.etag, encoding, original.read)
    response = Response(copy, mimetype=original.mimetype)
    response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.no_cache = True
    response.last_modified = original.modified_at
    response.set_etag(f"{original.etag}-{encoding}")
    response.make_conditional(request)
    return response


def _compress(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(content, mode=brotli.MODE_TEXT))
    return gzip.compress(content, _BEST, mtime=0)
