"""The texts for directories of therapists: fitted to each one's limits, for the owner to paste."""

from outreach_kit.publish.directories.page import directory_pages

__all__ = ["directory_pages"]
