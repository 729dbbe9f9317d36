"""A practice that may be built: loaded, looked over, and dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from outreach_kit.errors import ContentError
from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.advice import Advice, advise, find_bad_silences
from outreach_kit.practice.leftovers import find_leftovers
from outreach_kit.publish.objections import find_objections, find_wordless
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import Stopwatch
from outreach_kit.publish.rules import ALL_RULES, SAMPLE, together


@frozen
class Content:
    """A practice that may be built, and the moment that the build takes for now."""

    practice: Practice
    today: dt.date
    form_url: str | None
    site_url: str | None
    advice: tuple[Advice, ...]

    def with_advice(self, more: Iterable[Advice]) -> Content:
        """The same, and what was found later."""
        return replace(self, advice=together(self.practice, self.advice, more))

    def without_pages(self) -> Content:
        """What is still needed once they are rendered: the words of ten thousand are 25 MB."""
        return replace(self, practice=replace(self.practice, pages=()))


def load_content(request: BuildRequest, watch: Stopwatch) -> Content:
    """Raises ContentError with everything that stands in a build's way."""
    with watch.step("load"):
        practice = load_practice(request.practice)
    with watch.step("advise"):
        today = practice.today(request.moment)
        problems = [*find_objections(practice, today), *find_bad_silences(practice, ALL_RULES)]
        if not request.is_sample:
            problems += map(SAMPLE.name_in, find_leftovers(practice))
        if problems:
            raise ContentError(problems)
        practice = replace(practice, files=())  # the paths of ten thousand are 5 MB
        return Content(
            practice=practice,
            today=today,
            form_url=request.form_url or practice.identity.form_url,
            site_url=request.site_url or practice.identity.site_url,
            advice=together(practice, advise(practice, today), find_wordless(practice)),
        )
