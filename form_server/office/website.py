"""The built website at `/`, so that one host and one domain can be all; and what the server's pages load."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote
from zlib import crc32

from flask import Response, request, send_file
from werkzeug.security import safe_join

from form_server.office.answers import answer_missing, wants_json
from form_server.office.counter import Office, the_office
from form_server.office.squeezing import Original, is_text, send_squeezed
from form_server.office.tongue import language_at
from outreach_kit.web import ASSET_CACHING, folder_of, folder_on_domain, leave_folder

_ASSETS: Final = "assets/"
_NOT_FOUND_PAGE: Final = "404.html"
# Systems have tables of their own for these, and some are wrong; a module of the wrong type is
# refused by browsers that may not guess.
_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def show_page(path: str = "") -> Response:
    """A file of the website; a folder shows its index, and what is missing the website's own 404."""
    office = the_office()
    asked, path = path, _within_site(office, path)
    file = _find(office.settings.site, path)
    if file is not None and file.is_dir():
        return _redirect_to_folder(asked)
    if file is not None:
        return _send(office, file, path)
    if path.startswith(_ASSETS):
        return _show_own_asset(office, f"/{path}")
    folder = _folder(office, path)
    if f"/{path}" == f"{folder}/":  # without a website here, the form is what there is to see
        return Response(status=HTTPStatus.FOUND, headers={"Location": f"{folder}/refer/"})
    return _show_missing(office, folder)


def _within_site(office: Office, path: str) -> str:
    """The path without the folder in which the website lies elsewhere: its pages name it in each link."""
    folder = folder_on_domain(office.practice.identity.site_url)
    within = leave_folder(f"/{path}", folder)
    return within[1:] if within else path


def _folder(office: Office, path: str) -> str:
    """What the addresses of the language begin with that is spoken at `path`: empty, or like `/es`."""
    practice = office.practice
    return folder_of(practice, language_at(practice, f"/{path}"))


def _find(site: Path, path: str) -> Path | None:
    """The file or folder at `path`; None for what is not there, hidden, or meant for the host alone."""
    if any(part.startswith((".", "_")) for part in path.split("/")) or "\0" in path:
        return None
    joined = safe_join(str(site), path) if path else str(site)
    if joined is None:
        return None
    file = Path(joined)
    if not path or path.endswith("/"):
        file /= "index.html"
    try:
        found = file.is_file() or (file / "index.html").is_file()
    except (OSError, ValueError):  # a name that no disk can hold
        return None
    return file if found else None


def _send(office: Office, file: Path, path: str) -> Response:
    response = _send_text(office, file) or send_file(file, mimetype=_TYPES.get(file.suffix))
    if path.startswith(_ASSETS):
        response.headers["Cache-Control"] = ASSET_CACHING
    return response


def _send_text(office: Office, file: Path) -> Response | None:
    """A text in its small form, or plain but with word to caches that there is another; else None."""
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    facts = file.stat()
    if kind is None or not is_text(kind, facts.st_size):
        return None
    original = Original(
        kind,
        facts.st_size,
        etag=f"{facts.st_mtime_ns:x}-{facts.st_size:x}-{crc32(str(file).encode()):x}",
        read=file.read_bytes,
        modified_at=datetime.fromtimestamp(facts.st_mtime, UTC),
    )
    small = send_squeezed(original, office.squeezed)
    if small is not None:
        return small
    response = send_file(file, mimetype=kind)
    response.vary.add("Accept-Encoding")
    return response


def _show_own_asset(office: Office, address: str) -> Response:
    """What the form needs where no website was built, or another build of it."""
    content = office.assets.files.get(address)
    if content is None:
        return answer_missing(office)
    kind = _TYPES.get(PurePosixPath(address).suffix, "application/octet-stream")
    etag = address.replace("/", "-")  # which has the hash of the content in it
    small = None
    if is_text(kind, len(content)):
        small = send_squeezed(Original(kind, len(content), etag, lambda: content), office.squeezed)
    response = small or Response(content, mimetype=kind)
    if small is None:
        response.vary.add("Accept-Encoding")
        response.set_etag(etag)
        response.make_conditional(request)
    response.headers["Cache-Control"] = ASSET_CACHING
    return response


def _redirect_to_folder(path: str) -> Response:
    query = quote(request.query_string, safe="!$&'()*+,;=:@/?%")
    location = f"/{quote(path.lstrip('/'))}/" + (f"?{query}" if query else "")
    return Response(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": location})


def _show_missing(office: Office, folder: str) -> Response:
    page = office.settings.site / folder.lstrip("/") / _NOT_FOUND_PAGE
    if wants_json() or not page.is_file():
        return answer_missing(office)
    response = send_file(page, conditional=False)
    response.status_code = HTTPStatus.NOT_FOUND
    return response
