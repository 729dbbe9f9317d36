"""The rules that our pages are held to find what is broken, and nothing else."""

from __future__ import annotations

import pytest

from tests.outreach_kit.web.html_rules import Strict

SOUND = """<h1>Fees</h1><h2 id="a">Plans <em>and</em> prices</h2>
<ul><li><a href="#a">Plans</a></li></ul><fieldset aria-describedby="a"><legend>Which?</legend>
<label><input type="checkbox" name="x" value="1"> One</label></fieldset>
<label for="t">Name</label><input id="t" type="text" name="t" autocomplete="off" maxlength="9">
<button type="button" aria-label="Close"></button><template><a></a></template>
<details><summary><h2>More</h2></summary><p>Words</p></details>"""


def test_a_sound_page_breaks_no_rule() -> None:
    page = Strict(SOUND)
    assert page.broken == []
    assert (page.ids, page.hrefs) == (["a", "t"], ["#a"])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p id=a></p><p id=a></p>", "the id “a” stands 2 times"),
        ('<label for="b">x</label>', "for names “b”, which is nowhere"),
        ('<p aria-describedby="a b" id="a">x</p>', "aria-describedby names “b”"),
        ("<h1>Two</h1>", "there are 2 <h1>"),
        ("<h3>x</h3>", "<h3> follows <h1>"),
        ('<input type="checkbox" autocomplete="off">', "of type checkbox has autocomplete"),
        ('<input type="radio" maxlength="3">', "of type radio has maxlength"),
        ('<img src="x" alt="">', "has no width"),
        ('<img src="x" width="1" height="1">', "has no alt"),
        ("<button>x</button>", "has no type"),
        ("<a>x</a>", "leads nowhere"),
        ('<a href="/x"><svg></svg></a>', "says nothing"),
        ("<h2></h2>", "says nothing"),
        ('<p style="color:red">x</p>', "has style"),
        ('<p onclick="x()">x</p>', "has onclick"),
        ('<p tabindex="3">x</p>', "jumps the queue"),
        ('<nav role="navigation">x</nav>', "by itself"),
        ("<p><div>x</div></p>", "<div> stands in <p>"),
        ("<ul><p>x</p></ul>", "<p> stands in <ul>"),
        ("<dl><span>x</span></dl>", "<span> stands in <dl>"),
        ('<a href="/x">x<button type="button">y</button></a>', "stands inside <a>"),
        ('<form><form></form></form>', "stands inside <form>"),
        ("<em>x</p>", "</p> closes nothing"),
        ("<em><strong>x</em>", "<strong> is never closed"),
        ("<p>x", "<p> is never closed"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told(html: str, said: str) -> None:
    broken = Strict(f"<h1>Fees</h1>{html}").broken
    assert any(said in one for one in broken), broken
