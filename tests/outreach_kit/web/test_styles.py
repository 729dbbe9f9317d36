"""Colours that can be read, and style sheets that hang together."""

from __future__ import annotations

import re

import pytest

from form_server.desk import style_rules
from outreach_kit.brand import AA_SHAPE, AA_TEXT, AAA_TEXT, Palette, contrast, mix, palette
from outreach_kit.places import ASSETS, TEMPLATES
from outreach_kit.practice.facts import Brand, BrandPreset
from outreach_kit.web import Assets
from outreach_kit.web.styles import darken_palette, squeeze_css

BRANDS = [Brand(preset=preset) for preset in BrandPreset] + [Brand(accent="#7a1f5c")]


def grounds(colours: Palette) -> tuple[str, str, str]:
    return colours.paper, colours.warm, colours.accent_tint


@pytest.mark.parametrize("brand", BRANDS, ids=str)
@pytest.mark.parametrize("at_night", [False, True])
def test_every_brand_can_be_read_by_day_and_by_night(brand: Brand, at_night: bool) -> None:
    colours = darken_palette(palette(brand)) if at_night else palette(brand)
    for ground in grounds(colours):
        assert contrast(colours.ink, ground) >= AAA_TEXT
        assert contrast(colours.muted, ground) >= AA_TEXT
        assert contrast(colours.accent, ground) >= AA_TEXT
        assert contrast(colours.accent_dark, ground) >= AAA_TEXT
        assert contrast(colours.edge, ground) >= AA_SHAPE
    for ground in (colours.paper, colours.warm, mix(colours.paper, colours.alert, 0.07)):
        assert contrast(colours.alert, ground) >= AA_TEXT
        assert contrast(colours.ink, ground) >= AAA_TEXT
    on_accent = colours.paper if at_night else "#ffffff"
    assert contrast(on_accent, colours.accent) >= AA_TEXT
    assert contrast("#ffffff", palette(brand).accent) >= AA_TEXT, "the band, by day and by night"


def test_every_property_that_is_used_is_given_a_value(assets: Assets) -> None:
    css = "".join(assets.files[assets.manifest[name]].decode() for name in ("site.css", "form.css"))
    used = set(re.findall(r"var\((--[\w-]+)", css))
    given = set(re.findall(r"(--[\w-]+):", css))
    assert used
    assert used <= given


def test_by_night_a_sheet_gives_other_colours_and_nothing_else(assets: Assets) -> None:
    """So a page that was judged by day is judged by night once its colours are."""
    rules = style_rules()
    assert "prefers-color-scheme" not in rules
    css = assets.files[assets.manifest["site.css"]].decode()
    (night,) = re.findall(r"prefers-color-scheme: ?dark\)\{:root\{([^{}]*)\}\s*\}", css)
    assert css.count("prefers-color-scheme") == 1
    given = [one.partition(":")[0] for one in night.split(";") if one]
    assert all(name.startswith("--") for name in given)


def test_every_class_of_a_template_is_drawn_and_none_is_drawn_in_vain() -> None:
    css = "".join(path.read_text() for path in (ASSETS / "css").glob("*.css"))
    scripts = "".join(path.read_text() for path in (ASSETS / "js").glob("*.js"))
    templates = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    templates = re.sub(r"\{%.*?%\}", " ", templates)
    drawn = set(re.findall(r"\.([a-z][\w-]*)(?=[^;{}]*\{)", css))
    used = {name for found in re.findall(r'class="([^"]*)"', templates) for name in found.split()}
    made = {"alone", "warm", "ticks", "radios", "scroller", "align-right", "align-center", "error"}
    assert len(drawn) > 50
    assert drawn <= used | made | set(re.findall(r'className = "(\w+)"', scripts))


def test_squeezing_keeps_what_a_rule_means() -> None:
    css = "/* why */\n.band  :focus-visible,\n.a > b {\n  margin: 0 calc(1px + 2px);\n  color: red;\n}\n"
    assert squeeze_css(css) == ".band  :focus-visible,.a > b{margin:0 calc(1px + 2px);color:red}\n"


def test_sheets_follow_the_direction_of_the_script() -> None:
    """Left and right are for scripts that run one way; the logical properties are for all."""
    css = "".join(path.read_text() for path in (ASSETS / "css").glob("*.css"))
    assert "margin-inline" in css
    assert not re.findall(
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:", css
    )
    assert not re.findall(r"text-align:\s*(?:left|right)", css)
