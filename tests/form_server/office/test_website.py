from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.office.house import House

FILES = {
    "index.html": "<h1>home</h1>",
    "fees/index.html": "<h1>fees</h1>",
    "404.html": "<h1>lost</h1>",
    "assets/site.abc.css": "body{}",
    "assets/js.abc/refer.js": "export {}",
    "print/guide-letter.pdf": "%PDF-1.7",
    "_headers": "/*",
    ".build": "secret",
    "über/index.html": "<h1>umlaut</h1>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    (tmp_path / "outside.txt").write_text("outside", "utf-8")
    return tmp_path / "site"


@pytest.fixture
def house(build: Callable[..., House], site: Path) -> House:
    return build(site=site)


def get(house: House, path: str, **more: Any) -> TestResponse:
    """The whole answer, read to its end, so that no file stays open."""
    return house.client.get(path, buffered=True, **more)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("/", "<h1>home</h1>", "text/html"),
        ("/fees/", "<h1>fees</h1>", "text/html"),
        ("/fees/index.html", "<h1>fees</h1>", "text/html"),
        ("/%C3%BCber/", "<h1>umlaut</h1>", "text/html"),
        ("/assets/site.abc.css", "body{}", "text/css"),
        ("/assets/js.abc/refer.js", "export {}", "text/javascript"),
        ("/print/guide-letter.pdf", "%PDF-1.7", "application/pdf"),
    ],
)
def test_the_built_website_is_served(house: House, path: str, text: str, kind: str) -> None:
    answer = get(house, path)

    assert answer.status_code == 200
    assert answer.text == text
    assert answer.mimetype == kind


def test_a_folder_is_led_to_by_its_name_with_a_slash(house: House) -> None:
    answer = get(house, "/fees?from=card")

    assert (answer.status_code, answer.location) == (301, "/fees/?from=card")
    assert get(house, "/%C3%BCber").location == "/%C3%BCber/"


def test_a_website_that_lies_in_a_folder_elsewhere_is_served_too(
    build: Callable[..., House], site: Path, tmp_path: Path
) -> None:
    practice = tmp_path / "practice"
    shutil.copytree(SAMPLE_PRACTICE, practice)
    facts = practice / "practice.toml"
    own, folder = 'site_url = "https://harborstreet.example', "/room"
    facts.write_text(facts.read_text("utf-8").replace(own, own + folder), "utf-8")
    house = build(site=site, practice=practice)

    for path in ("/fees/", "/room/fees/"):
        assert get(house, path).text == "<h1>fees</h1>"
    assert get(house, "/room/").text == "<h1>home</h1>"
    assert get(house, "/room/fees").location == "/room/fees/"
    assert get(house, "/room/assets/site.abc.css").headers["Cache-Control"].endswith("immutable")
    assert (get(house, "/room/x").status_code, get(house, "/roomy/").status_code) == (404, 404)
    assert get(house, "/room/_headers").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/fees/nothing/",
        "/_headers",
        "/.build",
        "/../outside.txt",
        "/fees/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%5Coutside.txt",
        "/assets/../../outside.txt",
        "//etc/passwd",
        "/fees/index.html/",
        "/" + "x" * 5000,
    ],
)
def test_what_is_not_of_the_website_is_not_found(house: House, path: str) -> None:
    answer = get(house, "/", environ_overrides={"PATH_INFO": path.replace("%2e", ".")})

    assert answer.status_code == 404
    assert "outside" not in answer.text


def test_a_missing_page_is_the_websites_own(house: House) -> None:
    page = get(house, "/nothing")
    answer = get(house, "/nothing", headers={"Accept": "application/json"})

    assert page.text == "<h1>lost</h1>"
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_assets_may_be_kept_for_ever_and_pages_are_asked_for_again(house: House) -> None:
    asset = get(house, "/assets/site.abc.css")
    page = get(house, "/")

    assert "immutable" in asset.headers["Cache-Control"]
    assert page.headers["Cache-Control"] == "no-cache"
    again = get(house, "/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_the_form_is_the_servers_own_even_where_the_website_has_one(
    house: House, site: Path
) -> None:
    (site / "refer").mkdir()
    (site / "refer" / "index.html").write_text("static", "utf-8")

    assert 'name="patient_name"' in get(house, "/refer/").text


def test_without_a_website_the_form_is_what_there_is(build: Callable[..., House]) -> None:
    house = build()

    entrance = get(house, "/")
    form = get(house, entrance.location)

    assert (entrance.status_code, entrance.location) == (302, "/refer/")
    assert form.status_code == 200
    missing = get(house, "/fees/")
    assert missing.status_code == 404
    assert "(360) 555-0142" in missing.text


def test_everything_that_the_form_loads_is_there_without_a_website(
    build: Callable[..., House],
) -> None:
    house = build()
    form = get(house, "/refer/").text
    links = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', form))

    assert any(link.endswith(".css") for link in links)
    assert any(link.endswith(".js") for link in links)
    for link in links:
        answer = get(house, link)
        assert answer.status_code == 200, link
        assert answer.mimetype != "application/octet-stream", link
        assert "immutable" in answer.headers["Cache-Control"]


def test_only_reading_is_possible(house: House) -> None:
    answer = house.client.delete("/fees/")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
