"""The preview shows a saved change, a mistake, and the page again once it is mended."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE
from outreach_kit.practice.leftovers import SAMPLE_FACTS
from outreach_kit.publish import preview
from outreach_kit.publish.preview_pages import error_page
from outreach_kit.publish.request import BuildRequest
from tests.outreach_kit.publish.drawn import Drawn

# The sample's facts are refused in another folder; these replace the ones that have a form to keep.
OWN = {
    "harborstreet.example": "quietroom.example", "Harbor Street Counseling": "Quiet Room",
    "Nora Ellison": "Ana Lopez", "555-0142": "555-0177", "555-0143": "555-0178",
    "555-0190": "555-0179", "555-0191": "555-0180", "214 Harbor St": "9 Elm St",
    "1234567893": "1245319599", "LW 00000000": "LW 1",
}  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def listen(port: int, path: str) -> str:
    """The first line of what is told; “: still here” comes after ten seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().readline().decode().rstrip()
    finally:
        connection.close()


def wait_until(condition: Callable[[], bool], within_s: float = 40.0) -> None:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    shutil.copytree(SAMPLE_PRACTICE, folder)
    for path in (*folder.rglob("*.toml"), *folder.rglob("*.md")):
        text = path.read_text("utf-8")
        for fact, _ in SAMPLE_FACTS:
            text = text.replace(fact, OWN.get(fact, "In words of our own"))
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def asked(practice: Path, tmp_path: Path, drawn: Drawn) -> Iterator[BuildRequest]:
    cache = drawn.lend(tmp_path / "cache")
    yield BuildRequest(practice=practice, out=tmp_path / "site", cache=cache, only="site")
    drawn.keep(cache)


@pytest.fixture
def port(practice: Path, tmp_path: Path) -> Iterator[int]:
    number = free_port()
    process = subprocess.Popen(
        [
            *(
                sys.executable,
                "build.py",
                "--practice",
                str(practice),
                "--out",
                str(tmp_path / "site"),
            ),
            *("--only", "site", "--serve", str(number), "--watch", "--quiet"),
        ],
        cwd=CHECKOUT,
    )
    try:
        wait_until(lambda: fetch(number, "/privacy/")[0] == 200)
        yield number
    finally:
        process.terminate()
        process.wait(10)


def test_a_saved_change_a_mistake_and_its_mending_are_shown(practice: Path, port: int) -> None:
    page = practice / "pages/privacy.md"
    good = page.read_text("utf-8")
    assert "/__preview/reload.js" in fetch(port, "/privacy/")[1]
    assert "EventSource" in fetch(port, "/__preview/reload.js")[1]
    assert fetch(port, "/nowhere/")[0] == 404

    shown = re.search(r"reload\.js\?(\d+)", fetch(port, "/privacy/")[1])
    assert shown

    page.write_text(good.replace("sets no cookies", "sets no biscuits"), "utf-8")
    wait_until(lambda: "sets no biscuits" in fetch(port, "/privacy/")[1])
    # The page was still loading when it was built again: it is told as soon as it asks.
    assert listen(port, f"/__preview/events?{shown[1]}") == "event: built"

    page.write_text(good + "\n[x](/nowhere/)\n", "utf-8")
    wait_until(lambda: fetch(port, "/privacy/")[0] == 500)
    assert "leads nowhere" in fetch(port, "/privacy/")[1]

    page.write_text(good, "utf-8")
    wait_until(lambda: "sets no cookies" in fetch(port, "/privacy/")[1])


def test_what_was_saved_before_the_watch_began_is_built_too(
    practice: Path, asked: BuildRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = practice / "pages/privacy.md"
    rebuilder = preview.Rebuilder(asked, lambda _text: None)
    rebuilder.rebuild()
    page.write_text(page.read_text("utf-8").replace("sets no cookies", "sets no biscuits"), "utf-8")
    monkeypatch.setattr("watchfiles.watch", lambda *_folders, **_options: iter([set(), set()]))
    preview._watch(practice, rebuilder)
    assert "sets no biscuits" in (tmp_path / "site/privacy/index.html").read_text("utf-8")
    assert rebuilder.generation == 2


def test_words_that_touch_nothing_else_are_written_into_their_page_alone(
    practice: Path, asked: BuildRequest, tmp_path: Path
) -> None:
    page = practice / "pages/privacy.md"
    said: list[str] = []
    rebuilder = preview.Rebuilder(asked, said.append)
    rebuilder.rebuild()
    page.write_text(page.read_text("utf-8").replace("sets no cookies", "sets no biscuits"), "utf-8")
    rebuilder.rebuild()
    assert "; 1 files written," in said[-1]
    assert "sets no biscuits" in (tmp_path / "site/privacy/index.html").read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace("title: Privacy", "title: Private"), "utf-8")
    rebuilder.rebuild()
    assert "<h1>Private</h1>" in (tmp_path / "site/privacy/index.html").read_text("utf-8")


def test_every_mistake_is_told_as_one(practice: Path, asked: BuildRequest) -> None:
    said: list[str] = []
    (practice / "practice.toml").write_text("", "utf-8")
    preview.Rebuilder(asked, said.append).rebuild()
    lines = "\n".join(said).splitlines()
    assert len(lines) == 5
    assert all(line.startswith("error: practice.toml: ") for line in lines)


def test_a_browser_that_goes_away_is_no_fault(
    asked: BuildRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    rebuilder = preview.Rebuilder(asked, lambda _text: None)
    with preview._open_server(asked.out, 0, rebuilder) as server:
        for fault in (ConnectionResetError(104, "reset"), BrokenPipeError(32, "pipe")):
            try:
                raise fault
            except OSError:
                server.handle_error(None, ("127.0.0.1", 1))
        assert capfd.readouterr().err == ""
        try:
            raise ValueError("ours")
        except ValueError:
            server.handle_error(None, ("127.0.0.1", 1))
        assert "ours" in capfd.readouterr().err


@pytest.mark.parametrize("fault", [RuntimeError("a <bug>"), PermissionError(13, "no", "/x")])
def test_a_fault_that_is_not_the_owners_is_shown_and_the_watch_goes_on(
    asked: BuildRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Exception,
) -> None:
    rebuilder = preview.Rebuilder(asked, lambda _text: None)

    def fail(_request: BuildRequest) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(preview, "build", fail)
        rebuilder.rebuild()
    assert str(fault) in rebuilder.error
    assert "Traceback" in capsys.readouterr().err
    assert b"<bug>" not in error_page(rebuilder.error, 1)
    rebuilder.rebuild()
    assert (rebuilder.error, rebuilder.generation) == ("", 2)


def test_a_site_in_a_folder_lies_in_it_here_too(
    practice: Path, asked: BuildRequest, tmp_path: Path
) -> None:
    facts, page = practice / "practice.toml", practice / "pages/privacy.md"
    text = facts.read_text("utf-8")
    facts.write_text(re.sub('site_url = ".*"', 'site_url = "https://elm.github.io/room"', text))
    rebuilder = preview.Rebuilder(asked, lambda _text: None)
    rebuilder.rebuild()
    assert not rebuilder.error
    server = preview._open_server(tmp_path / "site", free_port(), rebuilder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = server.server_port
        assert fetch(port, "/") == (302, "")
        status, home = fetch(port, "/room/")
        assert (status, "reload.js" in home) == (200, True)
        sheet = re.search(r'"(/room/assets/site\.\w+\.css)"', home)
        assert sheet
        status, styles = fetch(port, sheet[1])
        face = re.search(r'url\("([^"/]+\.woff2)"\)', styles)
        assert status == 200
        assert face
        assert (tmp_path / "site/assets" / face[1]).is_file(), "faces lie beside the sheet"
        assert fetch(port, "/room/print")[0] == 200
        assert fetch(port, "/fees/")[0] == fetch(port, "/room/nowhere/")[0] == 404
    finally:
        server.shutdown()
        server.server_close()
    # A link that is saved meanwhile leads into the folder, too.
    page.write_text(page.read_text("utf-8") + "\nSee [our fees](/fees/).\n", "utf-8")
    rebuilder.rebuild()
    assert '<a href="/room/fees/">our fees</a>' in (tmp_path / "site/privacy/index.html").read_text(
        "utf-8"
    )
