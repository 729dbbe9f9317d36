"""What a member of the team does when somebody on the telephone is not safe."""

from __future__ import annotations

from typing import Any

from outreach_kit.paper.views.frame import Commission


def danger(commission: Commission) -> dict[str, Any]:
    """Heading and lines. 988 answers in the United States and Canada, its branches in the States alone."""
    _ = commission.wording.gettext
    country = commission.practice.address.country
    lines = [_("Call 911 on another phone, and stay on the line.")]
    if country not in {"US", "CA"}:
        lines = [_("Call your local emergency number on another phone, and stay on the line.")]
    else:
        lines.append(_("Crisis line, day and night: call or text 988."))
    if country == "US":
        lines.append(_("In Spanish: 988, then 2. Veterans: 988, then 1."))
    return {"heading": _("If somebody is not safe now"), "lines": lines}
