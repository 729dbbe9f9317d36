"""The directory and the questions in a browser: at once, in the same order as the pages, and private."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.directory import By, Wish, find_matches, sort_out
from tests.browser import arriving, check, check_everywhere, check_width, wait_until
from tests.outreach_kit.web.directory.conftest import FORM_URL
from tests.outreach_kit.web.directory.groups import TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

NOON = dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC)
NO_TALLY = json.dumps({"clinicians": []})


@pytest.fixture
def visitor(page: Page) -> Page:
    """On the day of the build; the form server knows of no newer counts."""
    page.clock.set_fixed_time(NOON)
    page.route(f"{FORM_URL}/**", _answer)
    return page


def _answer(route: Route) -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    route.fulfill(body=NO_TALLY, content_type="application/json", headers=headers)


def give(body: str, kind: str) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    return answer


def choose(page: Page, **answers: str) -> None:
    for kind, slug in answers.items():
        page.locator(f"#by-{kind}").select_option(slug)


def names_shown(page: Page) -> list[str]:
    return page.locator('#cards [data-slot="name"]').all_inner_texts()


def status(page: Page, text: str) -> None:
    """Wait for it; a number is the whole number."""
    page.locator("#found").filter(has_text=re.compile(rf"(?<!\d){re.escape(text)}")).wait_for()


def fitting(site: Site, **answers: str) -> list[str]:
    return [
        one.clinician.name
        for one in sort_out(site.practice, TODAY).entries
        if all(one.answers_to(By(kind), slug) for kind, slug in answers.items())
    ]


def test_choices_are_answered_at_once_and_stand_in_the_address(
    visitor: Page, origin: str, network: Site
) -> None:
    fetched: list[str] = []
    visitor.on("request", lambda request: fetched.append(request.url))
    visitor.goto(f"{origin}/clinicians/")
    check(visitor)
    assert not [one for one in fetched if one.endswith("index.json")]
    choose(visitor, age="adult", plan="premera")
    wanted = fitting(network, age="adult", plan="premera")
    assert len(wanted) > 1
    status(visitor, f"{len(wanted)} clinicians fit")
    assert names_shown(visitor) == wanted[:24]
    assert visitor.url == f"{origin}/clinicians/?age=adult&plan=premera"
    check_everywhere(visitor)
    visitor.reload()
    status(visitor, f"{len(wanted)} clinicians fit")
    assert visitor.locator("#by-plan").input_value() == "premera"
    visitor.get_by_role("button", name="Start again").click()
    status(visitor, "60 clinicians fit")
    visitor.get_by_role("button", name="Show more").click()
    assert names_shown(visitor) == fitting(network)[:48]
    assert visitor.url == f"{origin}/clinicians/"
    elsewhere = {one.partition("?")[0] for one in fetched if not one.startswith(origin)}
    assert elsewhere == {f"{FORM_URL}/openings.json"}
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0


def test_when_nobody_fits_all_it_says_which_choice_to_drop(
    visitor: Page, origin: str, network: Site
) -> None:
    visitor.goto(f"{origin}/es/clinicians/need/outbursts/")
    assert visitor.locator("#by-need").input_value() == "outbursts"
    choose(visitor, age="older", plan="aetna")
    visitor.locator("#nobody button").first.wait_for()
    assert names_shown(visitor) == []
    chosen = {"need": "outbursts", "age": "older", "plan": "aetna"}
    left = {
        kind: len(fitting(network, **{one: chosen[one] for one in chosen if one != kind}))
        for kind in chosen
    }
    offered = visitor.locator("#nobody button").all_inner_texts()
    counts = sorted((count for count in left.values() if count), reverse=True)
    assert [int(one.rpartition(": ")[2]) for one in offered] == counts
    without_age = left["age"]
    assert without_age
    drop = visitor.get_by_role("button", name="65 ")
    check(visitor)
    drop.click()
    status(visitor, str(without_age))
    assert names_shown(visitor) == fitting(network, need="outbursts", plan="aetna")
    assert visitor.locator("#anyone").is_visible()
    visitor.route("**/index.json", lambda route: route.abort())
    visitor.reload()
    choose(visitor, language="es")
    found = visitor.locator("#found")
    wait_until(visitor, lambda: not any(map(str.isdigit, found.inner_text())), "nothing is said")
    assert visitor.locator("#anyone").is_visible()


WISHES = (
    Wish(need="panic"),
    Wish(need="sleep", age="older", language="es", plan="premera"),
    Wish(language="vi", plan="medicare", site="port-wren"),
    Wish(need="outbursts", age="older"),
    Wish(age="teen", site="online-or"),
)


def test_match_says_what_the_rules_say_and_keeps_and_sends_nothing(
    visitor: Page, origin: str, network: Site
) -> None:
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.goto(f"{origin}/match/")
    check(visitor)
    directory = sort_out(network.practice, TODAY)
    for wish in WISHES:
        visitor.locator("#matcher").evaluate("(form) => form.reset()")
        visitor.locator("#matched").wait_for(state="hidden")
        choose(visitor, **{by.value: slug for by, slug in wish.asked(By)})
        wanted = [one.entry.clinician.name for one in find_matches(directory, wish)]
        wait_until(visitor, lambda wanted=wanted: names_shown(visitor) == wanted, f"{wish}")  # type: ignore[misc]
    assert any(not find_matches(directory, wish) for wish in WISHES)
    assert visitor.url == f"{origin}/match/"
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0
    foreign = {one for one in asked if not one.startswith(origin)}
    assert len(foreign) <= 1, "the form server is asked for everybody's openings and nothing else"
    assert len([one for one in asked if one.endswith("index.json")]) == 1


def test_match_gives_a_reason_and_leads_to_the_form(
    visitor: Page, origin: str, network: Site
) -> None:
    visitor.goto(f"{origin}/match/")
    choose(visitor, need="panic", age="adult")
    first = find_matches(sort_out(network.practice, TODAY), Wish(need="panic", age="adult"))[0]
    slug = first.entry.clinician.slug
    card = visitor.locator(".card").first
    card.get_by_text("Panic attacks · Sees adults", exact=True).wait_for()
    assert not card.locator(".against").is_visible()
    assert first.entry.has_room
    assert card.locator("[data-count]").is_visible()
    way = card.get_by_role("link", name="Refer to")
    assert way.get_attribute("href") == f"/refer/?clinician={slug}"
    check_everywhere(visitor)
    choose(visitor, plan="tricare", site="port-wren", language="ko")
    wish = Wish(need="panic", age="adult", plan="tricare", site="port-wren", language="ko")
    near = find_matches(sort_out(network.practice, TODAY), wish)[0]
    assert By.LANGUAGE in near.misses
    against = card.get_by_text("Does not speak Korean")
    against.wait_for()
    assert ("Does not take TRICARE" in against.inner_text()) == (By.PLAN in near.misses)
    choose(visitor, plan="", site="", language="")
    against.wait_for(state="hidden")
    with arriving(visitor):
        way.click()
    whom = visitor.get_by_label("For whom?")
    assert whom.input_value() == slug
    visitor.goto(f"{origin}/refer/?clinician=nobody-here")
    assert whom.input_value() == ""


def test_without_a_script_there_are_links_and_no_questions(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in ("/clinicians/", "/match/"):
        page.goto(origin + path)
        assert not page.locator("form.finder").is_visible()
        assert not page.get_by_text("Answer what you know").is_visible()
    page.goto(f"{origin}/clinicians/")
    page.locator("#ways").get_by_role("link", name="Panic attacks", exact=True).click()
    page.get_by_role("heading", name="Clinicians: Panic attacks").wait_for()
    assert page.locator(".card").count() > 1
    context.close()


def test_counts_go_stale_and_newer_ones_are_asked_for(
    visitor: Page, origin: str, network: Site
) -> None:
    visitor.clock.set_fixed_time(NOON + dt.timedelta(days=30))
    visitor.goto(f"{origin}/clinicians/")
    assert not visitor.locator(".card [data-count]:visible").count()
    choose(visitor, age="adult")
    visitor.locator("#static-end").wait_for(state="hidden")
    assert visitor.locator(".card").count() > 1
    assert not visitor.locator(".card [data-count]:visible").count()
    check_width(visitor)
    first = next(
        one.clinician for one in sort_out(network.practice, TODAY).entries if not one.has_room
    )
    newer = {"slug": first.slug, "count": 1, "text": "1 opening on December 19"}
    told = json.dumps({"clinicians": [newer]})
    headers = {"Access-Control-Allow-Origin": "*"}
    visitor.route(
        f"{FORM_URL}/**",
        lambda route: route.fulfill(body=told, content_type="application/json", headers=headers),
    )
    visitor.goto(f"{origin}/clinicians/")
    choose(visitor, language="en")
    visitor.get_by_role("button", name="Show more").click()
    card = visitor.locator(".card").filter(has_text="1 opening on December 19")
    card.get_by_text("· current").wait_for()
    assert card.count() == 1
    assert visitor.locator("[data-current]:visible").count() == 1


def test_a_card_does_not_name_a_first_day_that_has_passed(visitor: Page, origin: str) -> None:
    told = visitor.request.get(f"{origin}/clinicians/index.json").json()
    place = {name: at for at, name in enumerate(told["row"])}
    adult = [slug for slug, _ in told["choices"]["age"]].index("adult")
    row = next(one for one in told["people"] if one[place["room"]] and adult in one[place["age"]])
    row[place["openings"]] = "2 openings, the first on Thursday"
    row[place["first"]], row[place["without"]] = "2026-11-19", "2 openings"
    give_index = give(json.dumps(told), "application/json")
    visitor.route("**/index.json", give_index)
    visitor.goto(f"{origin}/clinicians/")
    choose(visitor, age="adult")
    visitor.locator(".card").get_by_text("2 openings", exact=True).wait_for()
    assert not visitor.get_by_text("the first on Thursday").count()


def test_page_of_a_large_group_asks_of_those_on_it_and_never_of_those_who_were_found(
    visitor: Page, origin: str, network: Site
) -> None:
    large = replace(
        network.practice,
        clinicians=tuple(
            replace(one, slug=f"{one.slug}-{turn}")
            for one in network.practice.clinicians
            for turn in "ab"
        ),
    )
    site = replace(network, practice=large)
    wanted = {"/clinicians/": "text/html", "/clinicians/index.json": "application/json"}
    for row in plan_pages(site):
        if kind := wanted.get(row.url):
            visitor.route(origin + row.url, give(render_page(row, site), kind))
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.goto(f"{origin}/clinicians/")
    wait_until(visitor, lambda: any(FORM_URL in one for one in asked), "nobody was asked")
    choose(visitor, age="adult")
    status(visitor, "clinicians fit")
    (question,) = [one for one in asked if FORM_URL in one]
    on_it = [one.clinician.slug for one in sort_out(large, TODAY).entries[:24]]
    assert parse_qs(urlsplit(question).query)["of"] == [",".join(on_it)]
