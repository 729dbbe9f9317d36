"""What pages load, and the names under which it can be kept for a year."""

from __future__ import annotations

import dataclasses
import io
import posixpath
import re
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image

from outreach_kit.brand import palette
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import Brand
from outreach_kit.practice.translation import Overlay
from outreach_kit.practice.words import PracticeWords
from outreach_kit.web import Assets, collect_assets
from outreach_kit.web.fonts import Cache


def test_every_name_leads_to_a_file_with_its_hash(assets: Assets) -> None:
    assert {
        "site.css",
        "form.css",
        "js/refer.js",
        "js/openings.js",
        "js/status.js",
        "icon.svg",
    } <= (set(assets.manifest))
    assert set(assets.manifest.values()) <= set(assets.files)
    for address in assets.files:
        assert re.match(r"/assets/.*\.[0-9a-f]{10}[./]", address)


def test_the_style_sheet_loads_only_faces_that_are_there(assets: Assets) -> None:
    css = assets.files[assets.manifest["site.css"]].decode()
    sheet = assets.manifest["site.css"]
    addresses = [urljoin(sheet, found) for found in re.findall(r'url\("([^"]+)"\)', css)]
    assert len(addresses) == 4
    assert set(addresses) <= set(assets.files)


def test_a_translated_text_brings_the_faces_that_it_needs(practice: Practice) -> None:
    words = PracticeWords.model_validate({"practice": {"niche": "Pomagamy Łukaszowi"}})
    told = dataclasses.replace(practice, overlays={"pl": Overlay(words)})
    without, within = (
        collect_assets(one, lambda name, make: b"" if name.startswith("fonts/") else make())
        for one in (practice, told)
    )
    assert "fonts/sans-more.woff2" not in without.manifest
    assert "fonts/sans-more.woff2" in within.manifest


def test_modules_find_each_other(assets: Assets) -> None:
    imports = 0
    for address, content in assets.files.items():
        for target in re.findall(r'from "(\./[\w.]+)"', content.decode("latin-1")):
            assert (
                posixpath.normpath(posixpath.join(posixpath.dirname(address), target))
                in assets.files
            )
            imports += 1
    assert imports > 8


def test_a_changed_brand_changes_the_name_of_the_sheet_and_not_of_the_scripts(
    practice: Practice, assets: Assets, cache: Cache
) -> None:
    plum = dataclasses.replace(
        practice, facts=practice.facts.model_copy(update={"brand": Brand(accent="#5d2f5f")})
    )
    changed = collect_assets(plum, cache)
    assert changed.manifest["site.css"] != assets.manifest["site.css"]
    assert changed.manifest["js/refer.js"] == assets.manifest["js/refer.js"]
    assert "--accent:#5d2f5f" in changed.files[changed.manifest["site.css"]].decode()


def test_another_bundle_shares_colours_and_bare_elements(practice: Practice, cache: Cache) -> None:
    made = collect_assets(practice, cache, {"desk.css": ".queue { gap: var(--space-3); }"})
    desk = made.files[made.manifest["desk.css"]].decode()
    assert f"--accent:{palette(practice.brand).accent}" in desk
    assert "@font-face" in desk
    assert desk.endswith(".queue{gap:var(--space-3)}\n")
    assert ".masthead" not in desk


def test_what_is_dear_comes_from_the_cache(practice: Practice, cache: Cache) -> None:
    first = collect_assets(practice, cache)

    def refuse(key: str, make: object) -> bytes:
        return cache(key, lambda: (_ for _ in ()).throw(AssertionError(f"{key} was made again")))

    assert collect_assets(practice, refuse) == first


def test_a_portrait_is_cropped_upright_and_light(
    practice: Practice, cache: Cache, tmp_path: Path
) -> None:
    picture = tmp_path / "me.jpg"
    sideways = Image.Exif()
    sideways[0x0112] = 6  # taken with the camera on its side
    Image.new("RGB", (1600, 1200), "#884422").save(picture, exif=sideways)
    clinician = dataclasses.replace(practice.clinicians[0], portrait=picture)
    made = collect_assets(dataclasses.replace(practice, clinicians=(clinician,)), cache)
    for name, size in (("nora-ellison", (640, 800)), ("nora-ellison@320", (320, 400))):
        address = made.manifest[f"portraits/{name}"]
        assert address.endswith(".webp")
        with Image.open(io.BytesIO(made.files[address])) as shown:
            assert (shown.format, shown.size) == ("WEBP", size)
            assert not shown.getexif()
