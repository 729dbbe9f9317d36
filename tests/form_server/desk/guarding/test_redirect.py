"""No address of the desk leads a browser anywhere else."""

from __future__ import annotations

import pytest

from form_server.desk.entry.guard import local_page
from tests.form_server.desk.guarding.ways import addresses
from tests.form_server.desk.stage import Stage

AWAY = (
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/desk//evil.example",
    "javascript:alert(1)", "/desk/../../evil", "/desk\r\nLocation: https://evil.example", " //evil.example",
    "/deskevil", "https:evil.example", "/desk/%2f%2fevil.example", "/desk?next=//evil.example",
)  # fmt: skip


@pytest.mark.parametrize("wanted", AWAY)
def test_signing_in_leads_to_a_page_of_the_desk_only(stage: Stage, wanted: str) -> None:
    with stage.app.test_request_context():
        assert local_page(wanted) == "/desk/"
    stage.client = stage.let_in()
    answer = stage.client.get("/desk/sign-in", query_string={"next": wanted}, base_url=stage.origin)
    assert answer.headers["Location"] == "/desk/"


def test_no_address_takes_its_target_from_who_asks(desk: Stage) -> None:
    token = desk.csrf_token
    led = 0
    for one in addresses(desk):
        if one.endpoint == "desk.sign_out":
            continue
        target = "https://evil.example/"
        asked = dict.fromkeys(("next", "where", "to", "url", "return", "here"), target)
        if one.method == "GET":
            answer = desk.client.get(one.path(), query_string=asked, base_url=desk.origin)
        else:
            answer = desk.post(one.path(), {"csrf_token": token, **asked})
        location = answer.headers.get("Location", "/desk/")
        led += "Location" in answer.headers
        assert location.startswith("/desk"), f"{one}: {location}"
        assert "evil" not in location, f"{one}: {location}"
        assert "evil" not in answer.headers.get("Refresh", ""), str(one)
    assert led > 3


def test_signing_out_leads_to_the_door(desk: Stage) -> None:
    form = {"csrf_token": desk.csrf_token, "next": "//evil.example"}
    assert "evil" not in desk.post("/desk/sign-out", form).headers["Location"]
