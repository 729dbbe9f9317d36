"""What the log tells of what happened, and what it never tells."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from form_server.app import QuietFlask, create_app, services_of
from form_server.host_settings import HostSettings, LogFormat
from form_server.journal import JsonLines, PlainLines, about, keep_log
from form_server.serving import WebServer, open_socket
from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE
from tests.form_server.office.conftest import blueprint, build
from tests.form_server.office.house import ENOUGH, Blueprint, House

__all__ = ["blueprint", "build"]

MARKER = "Zebulon"

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture(params=[JsonLines("serve"), PlainLines()], ids=["json", "text"])
def formatter(request: pytest.FixtureRequest) -> logging.Formatter:
    found: logging.Formatter = request.param
    return found


@pytest.fixture
def told() -> Iterator[Told]:
    """The objects that were told since the test began."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines("serve"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def a_record(**more: Any) -> logging.LogRecord:
    values = {"name": "form_server.delivery.lane", "levelno": logging.INFO, "levelname": "INFO",
              "msg": "delivery %s: %s", "args": ("0nd", "Sent"), **more}  # fmt: skip
    return logging.makeLogRecord(values)


def with_error() -> logging.LogRecord:
    try:
        raise KeyError(f"{MARKER} of the file")
    except KeyError:
        return a_record(exc_info=sys.exc_info())


def test_an_object_tells_when_where_what_and_about_whom() -> None:
    extra = about("delivery.sent", delivery="0nd", referral=None, attempt=2)
    line = json.loads(JsonLines("worker").format(a_record(**extra, created=1_790_000_000.25)))
    assert line == {
        "time": "2026-09-21T14:13:20.250+00:00", "level": "info", "event": "delivery.sent",
        "process": "worker", "pid": os.getpid(), "delivery": "0nd", "attempt": 2,
        "message": "delivery 0nd: Sent",
    }  # fmt: skip


def test_what_has_no_event_of_its_own_is_named_after_its_part() -> None:
    assert json.loads(JsonLines("worker").format(a_record()))["event"] == "lane"


def test_an_object_is_one_line_whatever_is_in_it() -> None:
    text = JsonLines("serve").format(a_record(msg="two\nlines\u2028and more", args=None))
    assert len(text.splitlines()) == 1


def test_an_error_is_told_by_kind_and_place_alone(formatter: logging.Formatter) -> None:
    text = formatter.format(with_error())
    assert "KeyError" in text
    assert "tests/form_server/test_journal.py:" in text
    assert MARKER not in text


def test_what_the_web_server_quotes_of_a_request_is_left_out(formatter: logging.Formatter) -> None:
    record = a_record(name="waitress", msg="Unknown key %s", args=(f"/status/{MARKER}",))
    assert "Unknown key" in formatter.format(record)
    assert MARKER not in formatter.format(record)
    assert record.getMessage().endswith(MARKER), "other handlers have their own record"
    depth = a_record(name="waitress.queue", msg="Task queue depth is %d", args=(7,))
    assert "Task queue depth is 7" in formatter.format(depth)


@pytest.mark.parametrize(
    ("words", "args"),
    [
        ("Exception when servicing %r", (Path(f"/{MARKER}"),)),
        (f"uncaptured python exception, closing channel <Channel {MARKER}> (OSError:no)", None),
        (f"Unknown Forwarded token: {MARKER}", None),
    ],
)
def test_who_was_visiting_is_left_out(
    formatter: logging.Formatter, words: str, args: tuple[object, ...] | None
) -> None:
    told = formatter.format(a_record(name="waitress", msg=words, args=args))
    assert words[:20] in told
    assert MARKER not in told


def test_an_address_at_which_the_app_broke_is_left_out(
    formatter: logging.Formatter, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise RuntimeError(environ["PATH_INFO"])

    web = WebServer(broken, open_socket("127.0.0.1", 0))
    web.start()
    try:
        with pytest.raises(urllib.error.HTTPError) as answered:
            urllib.request.urlopen(f"http://127.0.0.1:{web.port}/status/{MARKER}/%0A{MARKER}")
        answered.value.close()
    finally:
        web.stop(1)

    (record,) = [one for one in caplog.records if one.name == "waitress"]
    assert MARKER in record.getMessage()
    assert "Exception while serving" in formatter.format(record)
    assert MARKER not in formatter.format(record)


def test_a_thread_that_ends_by_an_error_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    kept = (root.handlers[:], root.level, threading.excepthook, sys.excepthook)
    monkeypatch.setattr(sys, "stderr", stream)
    try:
        keep_log(LogFormat.JSON, "serve")
        thread = threading.Thread(target=int, args=(MARKER,), name="delivery-lane-email")
        thread.start()
        thread.join()
    finally:
        root.handlers[:], root.level, threading.excepthook, sys.excepthook = kept
    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"], line["error"]) == ("uncaught", "critical", "ValueError")
    assert "delivery-lane-email" in line["message"]
    assert MARKER not in stream.getvalue()


def test_a_start_that_is_refused_is_an_object_too() -> None:
    env = {name: one for name, one in os.environ.items() if not name.startswith("HANDOFF_")}
    env |= {"HANDOFF_LOG_FORMAT": "json", "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE)}
    done = subprocess.run(
        [sys.executable, "-m", "form_server", "worker"],
        cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    (line,) = map(json.loads, done.stderr.splitlines())
    assert (line["event"], line["process"], line["level"]) == ("refused", "worker", "error")
    assert "HANDOFF_MAIL_SERVER" in line["message"]


def test_each_request_is_told_by_its_rule_and_never_by_its_address(
    build: Callable[..., House], told: Told
) -> None:
    house = build(host_side=HostSettings(LogFormat.JSON))
    client = house.client
    sent = client.post("/referrals", data=ENOUGH, buffered=True)
    token = sent.headers["Location"].rpartition("/")[2]
    slow = client.post(
        f"/referrals?patient={MARKER}", data={**ENOUGH, "patient_name": "B"}, buffered=True
    )
    for path in (f"/status/{token}", f"/refer/?source={MARKER}", f"/{MARKER}", "/healthz"):
        client.get(path, buffered=True)
    client.open(f"/pause/{token}", method=MARKER.upper(), buffered=True)

    lines = [one for one in told() if one["event"] == "request"]

    assert [(one["method"], one["route"], one["status"]) for one in lines[:2]] == [
        ("POST", "/referrals", sent.status_code), ("POST", "/referrals", slow.status_code),
    ]  # fmt: skip
    assert {one["referral"] for one in lines[:2]} == {one.id for one in house.referrals()}
    assert [(one["route"], one["status"]) for one in lines[2:4]] == [
        ("/status/<token>", 200), ("/refer/", 200),
    ]  # fmt: skip
    assert (lines[4]["status"], lines[6]["method"]) == (404, "-")
    assert all(one["ms"] > 0 for one in lines)
    everything = json.dumps(told())
    for secret in (token, MARKER, MARKER.upper(), "127.0.0.1", "Quill"):
        assert secret not in everything


def test_without_programs_that_read_it_requests_are_not_told(
    build: Callable[..., House], told: Told
) -> None:
    build().client.get("/healthz", buffered=True)
    assert [one for one in told() if one["event"] == "request"] == []


@pytest.mark.parametrize(("wanted", "kept"), [("text", []), ("json", [LogFormat.JSON])])
def test_under_a_wsgi_server_its_own_log_is_left_alone_unless_programs_read_it(
    blueprint: Blueprint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: str,
    kept: list[LogFormat],
) -> None:
    var = shutil.copytree(blueprint.folder, tmp_path / "var")
    for name, value in {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(var),
        "HANDOFF_SITE": str(tmp_path), "HANDOFF_MAIL_SERVER": "127.0.0.1",
        "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
        "HANDOFF_LOG_FORMAT": wanted,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    asked: list[LogFormat] = []
    monkeypatch.setattr(
        "form_server.app.keep_log", lambda log_format, _process: asked.append(log_format)
    )
    assert logging.getLogger().handlers, "of the tests themselves"

    services_of(create_app()).close()

    assert asked == kept


def test_a_bug_in_a_view_is_told_without_its_words(told: Told) -> None:
    app: Flask = QuietFlask(__name__)

    @app.route("/<name>")
    def fail(name: str) -> str:
        raise ValueError(name)

    assert app.test_client().get(f"/{MARKER}").status_code == 500
    (line,) = (one for one in told() if one["event"] == "failed")
    assert (line["error"], line["endpoint"]) == ("ValueError", "fail")
    assert MARKER not in json.dumps(told())
