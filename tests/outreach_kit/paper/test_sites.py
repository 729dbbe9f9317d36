"""A sheet about one of a group says where that one sees people, and with which plans."""

from __future__ import annotations

from dataclasses import replace

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


def test_sheet_is_called_and_faxed_to_at_its_door(group: Practice) -> None:
    for sheet in ("guide", "niche-profile", "brochure"):
        tomas = said_of(group, "tomas-delgado", sheet)
        assert "(360) 555-0170" in tomas, sheet
        assert "(360) 555-0160" not in tomas, sheet
        assert "(360) 555-0160" in said_of(group, "margarethe-hohenstein", sheet), sheet
    assert "(360) 555-0171" in said_of(group, "tomas-delgado", "guide")
    assert "Tue 9" in said_of(group, "tomas-delgado", "niche-profile")


def test_hours_of_a_door_without_a_phone_stand_with_the_way_to_it(group: Practice) -> None:
    silent = change_door(group, phone=None)
    brochure = said_of(silent, "tomas-delgado", "brochure")
    assert "(360) 555-0160" in brochure
    assert "Tue 9" in brochure
    assert "Mon–Tue 8" in brochure
    assert "Tue 9" in said_of(silent, "tomas-delgado", "niche-profile")


def test_brochure_of_the_group_leads_to_every_door_while_they_are_few(group: Practice) -> None:
    def where(practice: Practice) -> list[str]:
        jobs = plan_sheets(practice, papers=[Paper.LETTER], only="brochure")
        job = next(
            one for one in jobs if one.clinician is None and one.language in {None, "", "en"}
        )
        commission = Commission.of(job, practice, TODAY, form_url=None, site_url=None)
        notes = view_sheet(commission).data["where"]["notes"]
        assert isinstance(notes, list)
        return notes

    assert where(group)[-1] == "9 Harbor Way, Port Wren, WA 98998 · (360) 555-0170"
    [wren] = group.facts.sites
    more = tuple(wren.model_copy(update={"name": one, "slug": one}) for one in ("north", "south"))
    many = replace(group, facts=group.facts.model_copy(update={"sites": (wren, *more)}))
    assert where(many)[-1] == "Also at Port Wren, north, south"


def test_fax_form_is_there_for_who_is_faxed_to_at_a_door_of_its_own(group: Practice) -> None:
    contact = group.contact.model_copy(update={"fax": None})
    without = replace(group, facts=group.facts.model_copy(update={"contact": contact}))
    jobs = plan_sheets(without, papers=[Paper.LETTER], only="fax-form")
    assert {one.clinician and one.clinician.slug for one in jobs} == {"tomas-delgado"}


def change_door(group: Practice, **keys: object) -> Practice:
    [wren] = group.facts.sites
    sites = (wren.model_copy(update=keys),)
    return replace(group, facts=group.facts.model_copy(update={"sites": sites}))
