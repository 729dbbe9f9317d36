"""Where the settings can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.setup.health import check_health, show_health
from form_server.desk.setup.hours import hours_of_folder, save_hours, show_hours, undo_hours
from form_server.desk.setup.more import show_more
from form_server.desk.setup.settings import show_settings
from form_server.desk.setup.switches import (
    default_switch,
    save_switch,
    show_switches,
    undo_switch,
)
from form_server.desk.setup.time_off import add_time_off, remove_time_off, show_time_off
from form_server.desk.setup.told import add_told, move_told, remove_told, show_told, try_told
from form_server.desk.ways import POST, Way

_SETTINGS: Final = Right.SETTINGS

WAYS: Final = (
    Way("/more", show_more),
    Way("/health", show_health),
    Way("/health/check", check_health, POST, right=_SETTINGS),
    Way("/settings", show_settings, right=_SETTINGS),
    Way("/settings/told", show_told, right=_SETTINGS),
    Way("/settings/told", add_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/up", move_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/remove", remove_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/test", try_told, POST, right=_SETTINGS),
    Way("/settings/hours", show_hours, right=_SETTINGS),
    Way("/settings/hours", save_hours, POST, right=_SETTINGS),
    Way("/settings/hours/undo", undo_hours, POST, right=_SETTINGS),
    Way("/settings/hours/folder", hours_of_folder, POST, right=_SETTINGS),
    Way("/settings/switches", show_switches, right=_SETTINGS),
    Way("/settings/switches/<switch>", save_switch, POST, right=_SETTINGS),
    Way("/settings/switches/<switch>/undo", undo_switch, POST, right=_SETTINGS),
    Way("/settings/switches/<switch>/default", default_switch, POST, right=_SETTINGS),
    Way("/settings/time-off", show_time_off, right=_SETTINGS),
    Way("/settings/time-off", add_time_off, POST, right=_SETTINGS),
    Way("/settings/time-off/<leave_id>/remove", remove_time_off, POST, right=_SETTINGS),
)
