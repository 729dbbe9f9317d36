"""The form on the site, a form server beside it, and somebody who fills it in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets, Site, form_view, render_form
from tests.outreach_kit.web.host import FormServer, serve_form, serve_site
from tests.outreach_kit.web.things import render_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

RECEIPT = {
    "receipt": "blue heron 42",
    "status_url": "https://refer.harborstreet.example/status/abc",
    "received_at": "2026-11-20T22:30:00Z",
    "promised_by": "2026-11-23T21:00:00Z",
}
SENT = {
    "kind": "office",
    "referrer_name": "Dana Whitcomb",
    "referrer_office": "Mill Road Family Medicine",
    "referrer_phone": "(360) 555-0199",
    "patient_name": "Rosalind Achterberg",
    "patient_phone": "360 555 0177",
    "reasons": ["panic", "other"],
    "patient_agreed": True,
}


@pytest.fixture
def server() -> Iterator[FormServer]:
    with serve_form(FormServer(answer=RECEIPT)) as running:
        yield running


@pytest.fixture
def origin(site: Site, assets: Assets, server: FormServer) -> Iterator[str]:
    local = dataclasses.replace(site, form_url=server.url)
    errors = {"patient_phone": "This number cannot be dialled."}
    typed = {"patient_name": "Rosalind Achterberg", "reasons": ["panic"]}
    server.page = render_form(form_view(local, values=typed, errors=errors))
    pages = {url: text.encode() for url, text in render_all(local).items()}
    with serve_site({**pages, **assets.files}, server.url) as address:
        yield address


def fill_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Dana Whitcomb")
    page.get_by_label("Your office or organization").fill("Mill Road Family Medicine")
    page.get_by_label("Your callback number").fill("(360) 555-0199")
    page.get_by_label("Patient’s name").fill("Rosalind Achterberg")
    page.get_by_label("Patient’s phone").fill("360 555 0177")
    page.get_by_label("Panic attacks (heart checked)").check()
    page.get_by_label("Something else").check()
    page.get_by_label("The patient agreed that we may contact them").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the referral").click()
