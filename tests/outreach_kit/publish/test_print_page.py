"""The owner's page of everything to print."""

from __future__ import annotations

import pytest

from outreach_kit.paper import CATALOGUE, Scope
from outreach_kit.publish.content import load_content
from outreach_kit.publish.order import Order
from outreach_kit.publish.print_page import render_print_page
from outreach_kit.publish.printed import Printed
from outreach_kit.publish.printing import plan
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import Stopwatch


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of sheets that were planned and not printed: the page is about their rows."""
    request = BuildRequest(cache=tmp_path_factory.mktemp("cache"))
    content = load_content(request, Stopwatch())
    order = Order.of(request, content, lambda _key, make: make())
    sheets = [
        Printed(
            job, order.title(job), 1, 612, 792, b"pdf", b"png" if "letter" in job.filename else b""
        )
        for job in plan(content.practice, request)
    ]
    return render_print_page(content.practice, sheets).decode()


def test_every_sheet_of_a_build_is_on_it_under_what_one_does_with_it(page: str) -> None:
    for sheet in CATALOGUE:
        assert (f"<h3>{sheet.title}</h3>" in page) is (sheet.scope is not Scope.DESK), sheet.name
    heads = ["Take to a visit", "Leave at the desk", "Mail", "For yourself"]
    places = [page.index(f">{head}</h2>") for head in heads]
    assert places == sorted(places)


def test_it_says_what_to_print_on_and_how_to_turn_it(page: str) -> None:
    assert "Avery 5371" in page
    assert "flipped on the long edge" in page
    assert "100%" in page


def test_the_links_of_all_versions_stand_under_one_another(page: str) -> None:
    """Also below a title that fills its line, where a row would begin them at its other end."""
    (rule,) = [line for line in page.splitlines() if line.startswith(".files {")]
    assert "margin-inline-start: auto" in rule


def test_it_asks_nobody_else_for_anything(page: str) -> None:
    assert "http" not in page
