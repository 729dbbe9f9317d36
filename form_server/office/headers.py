"""What every answer carries, and which other origins may read one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from flask import Response, request

from form_server.office.bodies import JSON_TYPE, PROBLEM_TYPE
from form_server.settings import Settings
from outreach_kit.practice import Practice
from outreach_kit.web import folder_of, page_headers

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATUS_PATH: Final = "/status/"
_ASKED_PATH: Final = "/asked/"
_SHARED_PATHS: Final = (
    "/referrals", _STATUS_PATH, "/first-calls.json", "/openings.json", "/questions", _ASKED_PATH,
)  # fmt: skip
_DATA_TYPES: Final = (JSON_TYPE, PROBLEM_TYPE)
_NOTHING: Final = "default-src 'none'; frame-ancestors 'none'"
_NOT_EMBEDDED: Final = {"Cross-Origin-Resource-Policy": "same-origin"}
_TYPE: Final = "content-type"
_name: Final = itemgetter(0)
_PREFLIGHT_S: Final = 86_400
_ONE_YEAR_S: Final = 31_536_000
_SHARING: Final = {
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": str(_PREFLIGHT_S),
}


Pairs = tuple[tuple[str, str], ...]


class _Unsaid(NamedTuple):
    """What an answer that names these headers still lacks, and which of its headers tells its type."""

    content_type_at: int | None
    of_pages: Pairs
    of_data: Pairs


class SafeHeaders:
    """WSGI middleware: what every answer carries, unless its view has said otherwise.

    It stands outside the app, so that no answer leaves without, an error's own included, and costs
    a referral a few microseconds.
    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        always = _always(settings)
        self._pages = tuple(always.items())
        # What programs read loads nothing, sends nothing and is put into no page.
        self._data = tuple({**always, "Content-Security-Policy": _NOTHING, **_NOT_EMBEDDED}.items())
        self._unsaid = lru_cache(maxsize=256)(self._find_unsaid)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._app(environ, partial(self._start, start_response))

    def _start(
        self,
        start_response: StartResponse,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: OptExcInfo | None = None,
    ) -> Callable[[bytes], object]:
        unsaid = self._unsaid(tuple(map(_name, headers)))
        at = unsaid.content_type_at
        is_data = at is not None and headers[at][1].startswith(_DATA_TYPES)
        headers += unsaid.of_data if is_data else unsaid.of_pages
        return start_response(status, headers, exc_info)

    def _find_unsaid(self, names: tuple[str, ...]) -> _Unsaid:
        said = [name.lower() for name in names]
        pages, data = (
            tuple(pair for pair in always if pair[0].lower() not in said)
            for always in (self._pages, self._data)
        )
        return _Unsaid(said.index(_TYPE) if _TYPE in said else None, pages, data)


@dataclass(frozen=True)
class Sharing:
    """Lets the practice's own websites read the answers to a referral, and no stranger's."""

    origins: frozenset[str]
    paths: tuple[str, ...] = _SHARED_PATHS

    @classmethod
    def of(cls, settings: Settings, practice: Practice) -> Sharing:
        told = (
            f"{folder_of(practice, one)}{path}"
            for one in practice.languages[1:]
            for path in (_STATUS_PATH, _ASKED_PATH)
        )
        origins = frozenset(map(origin_of, _sites(settings, practice)))
        return cls(origins, (*_SHARED_PATHS, *told))

    def apply(self, response: Response) -> Response:
        """Runs after every view, and after every refusal."""
        if request.path.startswith(self.paths):
            headers = response.headers
            for name, value in self.pairs(request.headers.get("Origin", "")):
                headers.add(name, value)
            if request.method == "OPTIONS" and "Access-Control-Allow-Origin" in headers:
                headers.update(_SHARING)
        return response

    def pairs(self, origin: str) -> tuple[tuple[str, str], ...]:
        """What an answer on a shared path says to a page of that origin."""
        allowed = (("Access-Control-Allow-Origin", origin),) if origin in self.origins else ()
        return (("Vary", "Origin"), *allowed)


def origin_of(url: str) -> str:
    """Scheme, host and port, as browsers write an origin."""
    parts = urlsplit(url.lower())
    default = {"https": 443, "http": 80}.get(parts.scheme)
    host = parts.netloc.removesuffix(f":{default}")
    return f"{parts.scheme}://{host}"


def _sites(settings: Settings, practice: Practice) -> Iterable[str]:
    yield settings.url
    yield from settings.origins
    if practice.identity.site_url:
        yield practice.identity.site_url


def _always(settings: Settings) -> dict[str, str]:
    headers = dict(page_headers(settings.url))
    # A form's answer may lead to a thanks page elsewhere, and browsers hold that to form-action.
    thanks = " ".join(sorted({origin_of(page) for page in settings.thanks_pages}))
    if thanks:
        policy = headers["Content-Security-Policy"]
        headers["Content-Security-Policy"] = policy.replace(
            "form-action 'self'", f"form-action 'self' {thanks}"
        )
    headers["X-Frame-Options"] = "DENY"
    headers["Cache-Control"] = "no-store"
    if settings.url.startswith("https:"):
        headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR_S}"
    return headers
