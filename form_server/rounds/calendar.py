"""What a user's calendar feed holds: visits, days of thank-yous, occasions; no patient and no count."""

from __future__ import annotations

from form_server.rounds.survey import Survey
from outreach_kit.outreach.icalendar import DayEvent
from outreach_kit.outreach.visit_feed import occasion_events, thanks_event, visit_events


def feed_events(survey: Survey, instance: str, url: str) -> tuple[DayEvent, ...]:
    """`instance` is the installation's id, `url` the desk's page of sources.

    The day of thank-yous is in it whether or not any is owed: a day that comes and goes with
    referrals would tell of them.
    """
    stops = [stop for one in survey.standings if (stop := one.stop)]
    return (
        *visit_events(stops, instance, url, survey.today),
        thanks_event(survey.batch_on, instance, url),
        *occasion_events(survey.gifts, instance, url),
    )
