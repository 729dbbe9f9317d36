"""The documentation as a website: every chapter, every link, in words that code hosts know as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from outreach_kit.errors import ContentError
from outreach_kit.publish.handbook import DOCS
from outreach_kit.web.handbook import load_book, render_book
from outreach_kit.web.handbook.markdown import host_name, simplify

Write = Callable[..., Path]


_MADE: dict[str, bytes] = {}


def make(key: str, how: Callable[[], bytes]) -> bytes:
    """Faces are cut once for all tests."""
    if key not in _MADE:
        _MADE[key] = how()
    return _MADE[key]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def run(**chapters: str) -> Path:
        names = ", ".join(f'"{name}.md"' for name in chapters)
        (tmp_path / "book.toml").write_text(
            f'title = "A book"\nabout = "About it."\n[[part]]\ntitle = "All"\nabout = "."\nchapters = [{names}]\n'
        )
        for name, text in chapters.items():
            (tmp_path / f"{name}.md").write_text(text)
        return tmp_path

    return run


@pytest.fixture(scope="module")
def ours() -> Mapping[str, bytes]:
    return render_book(load_book(DOCS), make)


def test_every_document_is_a_chapter() -> None:
    there = {one.path.resolve() for one in load_book(DOCS).chapters}

    assert {one.resolve() for one in DOCS.glob("*.md")} <= there


def test_every_link_of_ours_leads_to_a_file_and_a_place_in_it(ours: Mapping[str, bytes]) -> None:
    pages = {name: text.decode() for name, text in ours.items() if name.endswith(".html")}
    followed = 0
    for name, text in pages.items():
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            if target.startswith(("http", "mailto:")):
                continue
            file, _, anchor = target.partition("#")
            followed += 1
            assert not file or file in ours, (name, target)
            if anchor:
                assert f'id="{anchor}"' in pages[file or name], (name, target)
    assert followed > 100


def test_a_link_between_files_leads_to_the_page_and_the_heading(write: Write) -> None:
    folder = write(
        one="# One\n\nSee [two](two.md#practicetoml), [all of it](two.md), [here](#a-place).\n\n## A place\n",
        two="# Two\n\n## `practice.toml`\n",
    )
    page = render_book(load_book(folder), make)["one.html"].decode()

    assert 'href="two.html#practice-toml"' in page
    assert 'href="two.html"' in page
    assert 'href="#a-place"' in page


def test_a_file_that_is_no_chapter_is_brought_along(write: Write) -> None:
    folder = write(one="# One\n\nTake [the unit](some.service).\n")
    (folder / "some.service").write_text("[Unit]\n")
    files = render_book(load_book(folder), make)

    assert files["files/some.service"] == b"[Unit]\n"
    assert 'href="files/some.service"' in files["one.html"].decode()


@pytest.mark.parametrize("target", ["gone.md", "two.md#gone", "#gone", "gone.txt"])
def test_links_that_lead_nowhere_are_refused_all_at_once(write: Write, target: str) -> None:
    folder = write(one=f"# One\n\n[a]({target}) and [b](nowhere.md)\n", two="# Two\n")

    with pytest.raises(ContentError) as refused:
        render_book(load_book(folder), make)

    assert len(refused.value.problems) == 2
    assert target.partition("#")[2] in str(refused.value)


def test_chapters_that_are_missing_or_without_a_heading_are_told_all_at_once(write: Write) -> None:
    folder = write(one="No heading.\n", two="# Two\n")
    (folder / "two.md").unlink()

    with pytest.raises(ContentError) as refused:
        load_book(folder)

    assert [one.file for one in refused.value.problems] == ["one.md", "two.md"]


@pytest.mark.parametrize(
    "contents", ["", "title = ", '[[part]]\ntitle = "x"\nchapters = ["no.md"]']
)
def test_a_table_of_contents_that_is_none_is_told(tmp_path: Path, contents: str) -> None:
    (tmp_path / "book.toml").write_text(contents)

    with pytest.raises(ContentError):
        load_book(tmp_path)


def test_fences_become_code_and_what_is_in_them_stays_as_it_is() -> None:
    text = "A\n\n```sh\nls # no heading\n<!-- kept -->\n```\n<!-- gone -->\nB\n"
    simple, pictures = simplify(text)

    assert simple.split() == ["A", "ls", "#", "no", "heading", "<!--", "kept", "-->", "B"]
    assert "    ls # no heading" in simple
    assert pictures == ()


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("practice.toml", "practicetoml"),
        ("clinicians/…/clinician.toml", "clinicianscliniciantoml"),
        ("Backup and restore", "backup-and-restore"),
    ],
)
def test_headings_are_found_by_the_names_that_code_hosts_give_them(heading: str, name: str) -> None:
    assert host_name(heading) == name


def test_a_picture_comes_along_with_its_size_and_its_words(write: Write) -> None:
    folder = write(one='# One\n\nBefore.\n\n![A "desk"](there.png)\n\n    ![code](x.png)\n')
    Image.new("RGB", (20, 10)).save(folder / "there.png")
    files = render_book(load_book(folder), make)
    page = files["one.html"].decode()

    assert '<img src="files/there.png" alt="A &#34;desk&#34;" width="20" height="10"' in page
    assert "![code](x.png)" in page
    assert files["files/there.png"] == (folder / "there.png").read_bytes()


def test_a_picture_that_is_not_there_stops_it(write: Write) -> None:
    with pytest.raises(ContentError, match=r"nowhere\.png"):
        render_book(load_book(write(one="# One\n\n![It](nowhere.png)\n")), make)
