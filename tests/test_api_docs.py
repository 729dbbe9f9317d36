"""The client in docs/api.md is run as it is printed there, against a server that really listens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from form_server.app import create_app, services_of
from form_server.serving import WebServer, open_socket
from outreach_kit.places import CHECKOUT
from tests.form_server.office.house import ENOUGH, draw_blueprint, settings_in
from tests.house.server_process import free_port

TEXT = (CHECKOUT / "docs/api.md").read_text(encoding="utf-8")
REFERRAL = {**ENOUGH, "reasons": ["panic"], "patient_agreed": True}

Client = dict[str, Any]


@pytest.fixture(scope="module")
def client() -> Client:
    (source,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    found: Client = {}
    exec(compile(source, "docs/api.md", "exec"), found)
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    blueprint = draw_blueprint(tmp_path_factory.mktemp("founded"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(settings_in(Path(blueprint.folder), HANDOFF_URL=url))
    web = WebServer(app, open_socket("127.0.0.1", port))
    web.start()
    yield url
    web.stop(5)
    services_of(app).close()


def test_the_printed_client_sends_a_referral_and_asks_how_it_stands(
    client: Client, server: str
) -> None:
    receipt = client["refer"](server, REFERRAL)
    assert receipt["status_url"].startswith(f"{server}/status/")
    assert client["how_it_stands"](receipt) == "received"


def test_the_printed_command_sends_what_is_taken(client: Client, server: str) -> None:
    (body,) = re.findall(r"-d '(\{.*?\})'", TEXT, re.DOTALL)
    sent = client["json"].loads(body)
    assert client["refer"](server, {**REFERRAL, **sent, "patient_name": "B"})["receipt"]


def test_the_printed_client_says_what_to_mend(client: Client, server: str) -> None:
    with pytest.raises(ValueError, match="patient_phone"):
        client["refer"](server, {**REFERRAL, "patient_phone": ""})


def test_the_printed_client_tries_again_and_then_says_to_call(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    with pytest.raises(OSError, match="Call the practice"):
        client["refer"](f"http://127.0.0.1:{free_port()}", REFERRAL)
    assert waited == [1, 2, 4, 8]


def test_every_address_on_the_page_is_one_that_is_described(server: str, client: Client) -> None:
    fetch: Callable[..., Any] = client["urllib"].request.urlopen
    document = client["json"].load(fetch(f"{server}/openapi.json"))
    named = {one.partition("?")[0] for one in re.findall(r"`(?:GET|POST) (/[^`]+)`", TEXT)}
    assert named - set(document["paths"]) == {"/openapi.json", "/metrics"}
    assert set(document["paths"]) - named == {"/referrals", "/status/{token}"}  # told at length
