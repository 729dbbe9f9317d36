"""Practice to website: page views, HTML, the form, and everything that a page loads. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach_kit.late import fetch_late

if TYPE_CHECKING:
    from outreach_kit.web.assets import Assets, collect_assets
    from outreach_kit.web.discovery import ASSET_CACHING, page_headers
    from outreach_kit.web.form import (
        PAGE_LANGUAGE_FIELD,
        THANKS_FIELD,
        FormView,
        form_view,
        render_form,
    )
    from outreach_kit.web.nested import folder_on_domain, leave_folder
    from outreach_kit.web.pages import plan_pages, render_page
    from outreach_kit.web.plan import PagePlan
    from outreach_kit.web.prose import page_in
    from outreach_kit.web.risk import render_risk
    from outreach_kit.web.shared_facts import SHARED_FACTS_PATH
    from outreach_kit.web.site import PrintLink, Site, folder_of
    from outreach_kit.web.standing import ReferralStanding
    from outreach_kit.web.status import (
        StatusView,
        render_problem,
        render_status,
        status_view,
    )
    from outreach_kit.web.times import HeldTime, say_time

_HOMES: Final = {
    "ASSET_CACHING": "discovery",
    "Assets": "assets",
    "FormView": "form",
    "HeldTime": "times",
    "PAGE_LANGUAGE_FIELD": "form",
    "PagePlan": "plan",
    "PrintLink": "site",
    "ReferralStanding": "standing",
    "SHARED_FACTS_PATH": "shared_facts",
    "Site": "site",
    "StatusView": "status",
    "THANKS_FIELD": "form",
    "collect_assets": "assets",
    "folder_of": "site",
    "folder_on_domain": "nested",
    "form_view": "form",
    "leave_folder": "nested",
    "page_headers": "discovery",
    "page_in": "prose",
    "plan_pages": "pages",
    "render_form": "form",
    "render_page": "pages",
    "render_problem": "status",
    "render_risk": "risk",
    "render_status": "status",
    "say_time": "times",
    "status_view": "status",
}
__getattr__ = fetch_late(__name__, _HOMES)

__all__ = [
    "ASSET_CACHING",
    "PAGE_LANGUAGE_FIELD",
    "SHARED_FACTS_PATH",
    "THANKS_FIELD",
    "Assets",
    "FormView",
    "HeldTime",
    "PagePlan",
    "PrintLink",
    "ReferralStanding",
    "Site",
    "StatusView",
    "collect_assets",
    "folder_of",
    "folder_on_domain",
    "form_view",
    "leave_folder",
    "page_headers",
    "page_in",
    "plan_pages",
    "render_form",
    "render_page",
    "render_problem",
    "render_risk",
    "render_status",
    "say_time",
    "status_view",
]
