"""No page is without the crisis lines, whoever it was made for: nobody chooses where they read it."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.crisis import crisis_in
from tests.outreach_kit.web.things import Document, change_facts
from tests.samples import GROUP_PRACTICE

CRISIS_LINES = ("tel:911", "tel:988", "sms:988", "AYUDA", "sms:838255")


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


@pytest.mark.parametrize("is_group", [False, True], ids=["one clinician", "a group"])
def test_every_page_names_them_all(site: Site, group: Practice, *, is_group: bool) -> None:
    shown = dataclasses.replace(site, practice=group) if is_group else site
    pages = [plan for plan in plan_pages(shown) if plan.path.endswith(".html")]
    assert len(pages) >= 10
    assert {"index.html", "404.html", "for-offices/index.html"} <= {plan.path for plan in pages}
    for plan in pages:
        html = render_page(plan, shown)
        assert [one for one in CRISIS_LINES if one not in html] == [], plan.path


def foot_in(language: str, site: Site) -> str:
    """What stands at the foot of a page of a practice that writes in that language alone."""
    told = change_facts(site.practice, practice={"languages": (language,)})
    shown = dataclasses.replace(site, practice=told)
    plan = next(one for one in plan_pages(shown) if one.path == "404.html")
    html = render_page(plan, shown)
    Document(html)
    return html.partition("colophon-crisis")[2].partition("</section>")[0]


def test_who_reads_spanish_reads_it_in_spanish_on_every_page(site: Site) -> None:
    english, spanish = foot_in("en", site), foot_in("es", site)
    assert (
        '<bdi lang="es" dir="ltr">Español: llame al <a href="tel:988">988</a> y oprima 2' in english
    )
    assert 'y oprima 2, o <a href="sms:988">envíe AYUDA al 988</a>' in spanish
    assert "lang=" not in spanish
    assert "Veteranos" in spanish


@pytest.mark.parametrize(
    ("language", "begins", "name"),
    [
        ("ar", "اتصل", "Arabic"),
        ("fa", "با", "Farsi"),
        ("fr-CA", "Appelez", "French"),
        ("he", "התקשרו", "Hebrew"),
        ("ht", "Rele", "Haitian Creole"),
        ("ko", "", "Korean"),
        ("pt-BR", "Ligue", "Portuguese"),
        ("ru", "Позвоните", "Russian"),
        ("tl", "Tumawag", "Tagalog"),
        ("vi", "Hãy gọi", "Vietnamese"),
        ("zh", "请拨打", "Mandarin"),
        ("zh-HK", "請致電", "Cantonese"),
        ("zh-TW", "請撥打", "Mandarin"),
    ],
)
def test_page_in_another_language_says_in_it_who_answers_and_how_to_get_an_interpreter(
    site: Site, language: str, begins: str, name: str
) -> None:
    foot = foot_in(language, site)
    assert f"<p>{begins}" in foot
    assert f'<bdi lang="en" dir="ltr">“{name}”</bdi>' in foot
    assert foot.count("tel:911") == 1
    for line in ("tel:988", "sms:988", "AYUDA", "English: call", "sms:838255"):
        assert line in foot, line


def test_language_that_nobody_here_speaks_has_the_lines_in_english_and_spanish(site: Site) -> None:
    foot = foot_in("so", site)
    assert crisis_in("so").here is None
    assert '<span lang="en" dir="ltr">Call <a href="tel:911">911</a>' in foot
    assert "Español" in foot
