"""Texts travel small when asked for, each form under an ETag of its own; and only what is everybody's."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from werkzeug.test import TestResponse

from form_server.office.squeezing import Squeezed
from tests.form_server.office.house import ENOUGH, House

PAGE = "<h1>home</h1>" + "<p>Nora Ellison helps.</p>" * 100


@pytest.fixture
def house(build: Callable[..., House], tmp_path: Path) -> House:
    site = tmp_path / "site"
    (site / "print").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "tiny.html").write_text("<p>tiny</p>")
    (site / "print" / "guide.pdf").write_bytes(b"%PDF-1.7" + b"x" * 2000)
    return build(site=site)


def get(house: House, path: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.client.get(path, headers=named, buffered=True)


@pytest.mark.parametrize(
    ("asked", "given", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
    ],
)
def test_a_page_travels_small_when_asked_for(
    house: House, asked: str, given: str, unpack: Callable[[bytes], bytes]
) -> None:
    answer = get(house, "/", Accept_Encoding=asked)
    assert answer.headers["Content-Encoding"] == given
    assert answer.mimetype == "text/html"
    assert unpack(answer.data).decode() == PAGE
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE) / 5
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("asked", ["", "identity", "gzip;q=0"])
def test_a_page_travels_plain_otherwise_and_tells_caches_so(house: House, asked: str) -> None:
    answer = get(house, "/", Accept_Encoding=asked)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == PAGE
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_each_form_has_an_etag_and_is_not_sent_twice(house: House) -> None:
    etags = set()
    for asked in ("", "gzip", "br"):
        first = get(house, "/", Accept_Encoding=asked)
        etag = first.headers["ETag"]
        etags.add(etag)
        again = get(house, "/", Accept_Encoding=asked, If_None_Match=etag)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
        other = get(house, "/", Accept_Encoding=asked, If_None_Match='"another"')
        assert other.status_code == 200
    assert len(etags) == 3


def test_a_page_that_was_built_again_is_sent_again(house: House) -> None:
    before = get(house, "/", Accept_Encoding="br")
    page = house.settings.site / "index.html"
    page.write_text(PAGE.replace("home", "work"))
    os.utime(page, (2_000_000_000, 2_000_000_000))
    after = get(house, "/", Accept_Encoding="br", If_None_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert b"work" in brotli.decompress(after.data)


def test_a_part_of_a_page_is_a_part_of_its_plain_form(house: House) -> None:
    part = get(house, "/", Accept_Encoding="br", Range="bytes=0-12")
    assert (part.status_code, part.text) == (206, "<h1>home</h1>")
    assert "Content-Encoding" not in part.headers


@pytest.mark.parametrize("path", ["/print/guide.pdf", "/tiny.html"])
def test_what_would_gain_nothing_is_left_alone(house: House, path: str) -> None:
    answer = get(house, path, Accept_Encoding="br")
    assert "Content-Encoding" not in answer.headers


def test_the_pages_own_assets_travel_small_for_a_year(house: House) -> None:
    form = get(house, "/refer/").text
    found = re.search(r'href="(/assets/site\.\w+\.css)"', form)
    assert found
    plain = get(house, found[1])
    small = get(house, found[1], Accept_Encoding="br")
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 3
    for answer in (plain, small):
        assert "immutable" in answer.headers["Cache-Control"]
        again = get(house, found[1], Accept_Encoding="br", If_None_Match=answer.headers["ETag"])
        assert again.status_code == (304 if answer is small else 200)


def test_pages_made_for_one_visitor_are_not_compressed(house: House) -> None:
    link = house.client.post("/referrals", data=ENOUGH).location
    for path in (link, "/refer/?source=K7Q2", "/first-calls.json"):
        assert "Content-Encoding" not in get(house, path, Accept_Encoding="br, gzip").headers


def test_copies_are_made_once_and_do_not_fill_memory() -> None:
    squeezed, reads = Squeezed(room=3000), []

    def read(number: int) -> bytes:
        reads.append(number)
        return os.urandom(1000)

    for number in (0, 0, 1, 2, 3, 3, 0):
        squeezed.copy_of(str(number), "gzip", lambda number=number: read(number))  # type: ignore[misc]
    assert reads == [0, 1, 2, 3, 0]


def test_the_first_page_of_a_phone_is_light(house: House) -> None:
    """Under 60 kB over the wire: the form, and all that it loads."""
    browser = {"Accept_Encoding": "gzip, deflate, br"}
    form = get(house, "/hello/", **browser)
    loaded = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', form.text))
    modules = {path for path in loaded if path.endswith(".js")}
    for module in modules:
        script = get(house, module).text
        folder = module.rsplit("/", 1)[0]
        loaded |= {f"{folder}/{name}" for name in re.findall(r'from "\./([\w.]+)"', script)}
    assert len(loaded) > 6
    sent = len(form.data) + sum(len(get(house, path, **browser).data) for path in loaded)
    assert sent < 60_000
