"""A sheet about one of a group says where that one sees people, and with which plans."""

from __future__ import annotations

import pytest

from outreach_kit.paper import Paper, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper.conftest import FORM_URL, TODAY
from tests.samples import GROUP_PRACTICE


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def said_of(group: Practice, whose: str, sheet: str) -> str:
    jobs = plan_sheets(group, papers=[Paper.LETTER], only=sheet)
    job = next(
        one
        for one in jobs
        if one.clinician and one.clinician.slug == whose and one.language in {None, "", "en"}
    )
    commission = Commission.of(job, group, TODAY, form_url=FORM_URL, site_url=None)
    return repr(view_sheet(commission).data).replace("\u200b", "").replace("\u2060", "")


@pytest.mark.parametrize("sheet", ["guide", "niche-profile"])
def test_sheet_names_the_door_and_the_plans_of_its_clinician(group: Practice, sheet: str) -> None:
    tomas = said_of(group, "tomas-delgado", sheet)
    assert "Port Wren" in tomas
    assert "418 Cedar Ave" not in tomas
    assert "Apple Health" in tomas
    assert "Kaiser PPO" not in tomas
    assert "418 Cedar Ave" in said_of(group, "margarethe-hohenstein", sheet)


def test_who_is_where_the_practice_is_and_takes_what_it_takes_needs_no_other(
    group: Practice,
) -> None:
    ana, margarethe, *_, tomas = group.clinicians
    assert group.as_of(ana) is group
    assert group.as_of(margarethe).address == group.address
    own = group.as_of(tomas)
    assert own.address.slug == "port-wren"
    assert own.mailing_address == group.mailing_address
    assert own.clinicians == group.clinicians
