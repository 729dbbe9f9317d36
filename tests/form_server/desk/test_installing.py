from __future__ import annotations

import io

import pytest
from PIL import Image

from form_server.desk.installing import SIZES, draw_icon
from outreach_kit.brand import palette
from tests.form_server.desk.stage import Stage


def test_the_manifest_says_the_practices_name_and_colour_and_nothing_else(stage: Stage) -> None:
    stage.receive()
    answer = stage.get("/desk/manifest.webmanifest")

    said = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert said["name"].startswith(stage.practice.name)
    assert (said["start_url"], said["scope"], said["display"]) == ("/desk/", "/desk/", "standalone")
    assert said["theme_color"] == palette(stage.practice.brand).accent
    assert "Maria" not in answer.text
    assert {(one["sizes"], one["purpose"]) for one in said["icons"]} >= {
        ("192x192", "maskable"),
        ("512x512", "any"),
    }


def test_every_icon_of_the_manifest_is_a_picture_of_its_size(stage: Stage) -> None:
    icons = stage.get("/desk/manifest.webmanifest").get_json(force=True)["icons"]

    for one in icons:
        answer = stage.get(one["src"])
        picture = Image.open(io.BytesIO(answer.data))
        assert answer.mimetype == one["type"] == "image/png"
        assert one["sizes"] == f"{picture.width}x{picture.height}"


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_fills_its_square_with_the_brand_and_keeps_its_sign_inside(size: int) -> None:
    picture = Image.open(io.BytesIO(draw_icon("#1f5a5e", size)))
    corner = picture.getpixel((0, 0))

    assert corner == picture.getpixel((size - 1, size - 1)) == (0x1F, 0x5A, 0x5E)
    assert picture.getpixel((size // 2, round(size * 22 / 64))) == (255, 255, 255)
    # Phones cut a circle of four fifths out of it (W3C, maskable icons).
    centre, radius = size / 2, size * 0.4
    for x in range(0, size, 3):
        for y in range(0, size, 3):
            if (x - centre) ** 2 + (y - centre) ** 2 > radius**2:
                assert picture.getpixel((x, y)) == corner


def test_a_size_that_no_phone_was_told_of_is_not_there(stage: Stage) -> None:
    stage.client = stage.let_in()

    assert stage.get("/desk/icon-4096.png").status_code == 404


def test_the_worker_keeps_nothing_and_takes_no_request_over(stage: Stage) -> None:
    answer = stage.get("/desk/worker.js")

    assert answer.mimetype == "text/javascript"
    assert "caches" not in answer.text
    assert '"fetch"' not in answer.text
    assert "showNotification" not in answer.text  # what it would say stands on the page alone


def test_pages_lead_to_the_manifest_and_the_policy_allows_it(stage: Stage) -> None:
    answer = stage.get("/desk/sign-in")

    assert '<link rel="manifest" href="/desk/manifest.webmanifest">' in answer.text
    assert '<link rel="apple-touch-icon" href="/desk/icon-180.png">' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    assert "worker-src 'self'" in policy
    assert "default-src 'none'" in policy
