"""Where those who refer can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.offices.editing import (
    add_office,
    change_office,
    edit_office,
    new_office,
    remove_office,
    restore_office,
)
from form_server.desk.offices.handouts import save_office_sheets, show_office_sheet
from form_server.desk.offices.importing import (
    preview_office_import,
    show_office_import,
    take_office_import,
)
from form_server.desk.offices.listing import show_offices, show_removed_offices
from form_server.desk.offices.merging import compare_offices, merge_offices, show_doubles
from form_server.desk.offices.pace import save_pace, show_pace
from form_server.desk.offices.people import (
    add_person,
    change_person,
    edit_person,
    new_person,
    remove_person,
)
from form_server.desk.offices.several import export_offices, print_for_offices
from form_server.desk.offices.show import show_office
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/offices", show_offices),
    Way("/offices", add_office, POST),
    Way("/offices/new", new_office),
    Way("/offices/removed", show_removed_offices),
    Way("/offices/pace", show_pace, right=Right.SETTINGS),
    Way("/offices/pace", save_pace, POST, right=Right.SETTINGS),
    Way("/offices/print", print_for_offices, POST),
    Way("/offices/export", export_offices),
    Way("/offices/import", show_office_import),
    Way("/offices/import", preview_office_import, POST),
    Way("/offices/import/all", take_office_import, POST),
    Way("/offices/doubles", show_doubles),
    Way("/offices/doubles/<code>/<other>", compare_offices),
    Way("/offices/doubles/<code>/<other>", merge_offices, POST),
    Way("/offices/<code>", show_office),
    Way("/offices/<code>", change_office, POST),
    Way("/offices/<code>/edit", edit_office),
    Way("/offices/<code>/sheets.zip", save_office_sheets),
    Way("/offices/<code>/sheets/<name>.pdf", show_office_sheet),
    Way("/offices/<code>/remove", remove_office, POST),
    Way("/offices/<code>/restore", restore_office, POST),
    Way("/offices/<code>/people", new_person),
    Way("/offices/<code>/people", add_person, POST),
    Way("/offices/<code>/people/<person_id>", edit_person),
    Way("/offices/<code>/people/<person_id>", change_person, POST),
    Way("/offices/<code>/people/<person_id>/remove", remove_person, POST),
)
