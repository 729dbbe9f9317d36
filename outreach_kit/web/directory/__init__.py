"""Who of a group is for what: facets, a fair order, pages of a few, and who suits one person. Pure."""

from outreach_kit.web.directory.facets import By, Directory, Entry, Facet, sort_out
from outreach_kit.web.directory.first_few import list_first
from outreach_kit.web.directory.matching import Match, Wish, find_matches
from outreach_kit.web.directory.paging import PER_PAGE, Stretch, cut

__all__ = [
    "PER_PAGE",
    "By",
    "Directory",
    "Entry",
    "Facet",
    "Match",
    "Stretch",
    "Wish",
    "cut",
    "find_matches",
    "list_first",
    "sort_out",
]
