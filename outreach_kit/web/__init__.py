"""Practice to website: page views, HTML, the form, and everything that a page loads. Writes nothing."""

from outreach_kit.web.assets import Assets, collect_assets
from outreach_kit.web.discovery import ASSET_CACHING, page_headers
from outreach_kit.web.form import FormView, form_view, render_form
from outreach_kit.web.pages import plan_pages, render_page
from outreach_kit.web.plan import PagePlan
from outreach_kit.web.risk import render_risk
from outreach_kit.web.shared_facts import SHARED_FACTS_PATH, shared_facts
from outreach_kit.web.prose import page_in
from outreach_kit.web.site import PrintLink, Site, folder_of
from outreach_kit.web.standing import ReferralStanding
from outreach_kit.web.status import (
    StatusView,
    render_problem,
    render_status,
    status_view,
)
from outreach_kit.web.times import HeldTime, say_time

__all__ = [
    "ASSET_CACHING",
    "SHARED_FACTS_PATH",
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
    "form_view",
    "page_headers",
    "page_in",
    "plan_pages",
    "render_form",
    "render_page",
    "render_problem",
    "render_risk",
    "render_status",
    "say_time",
    "shared_facts",
    "status_view",
]
