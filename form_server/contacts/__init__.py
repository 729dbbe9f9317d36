"""Offices and their people out of an address book: read, looked through, and taken in whole or not at all.

A file is a table (our own, Google Contacts', Outlook's, or a plain one) or vCards. Reading gives
entries by the names of fields; a plan says of each row what it would change; the ledger takes it in.
"""

from form_server.contacts.checking import read_office, read_person
from form_server.contacts.codes import WORDS_OF_ADDRESSES
from form_server.contacts.doubles import find_doubles, same_people, unite
from form_server.contacts.exporting import table_of
from form_server.contacts.planning import Plan, PlannedRow, Verdict, plan_contacts
from form_server.contacts.reading import Entries, read_contacts
from form_server.contacts.taking import take_in

__all__ = [
    "WORDS_OF_ADDRESSES",
    "Entries",
    "Plan",
    "PlannedRow",
    "Verdict",
    "find_doubles",
    "plan_contacts",
    "read_contacts",
    "read_office",
    "read_person",
    "same_people",
    "table_of",
    "take_in",
    "unite",
]
