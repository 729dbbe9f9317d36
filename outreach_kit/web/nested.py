"""A site that lies in a folder of its domain: what its pages lead to lies there too.

Every page is written as if the site lay at the top, and moved down in one place, so that no page, card
or picture can forget the folder. Whole addresses hold it already.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_ELEMENT: Final = re.compile(r"""<[a-z][\w-]*(?:\s+[\w:-]+(?:="[^"]*")?)+\s*/?>""")
_OWN_ADDRESS: Final = re.compile(
    r'(\s(?:href|src|srcset|action|data-index|data-home|data-refer)=")(/(?!/)[^"]*)'
)
_FURTHER_PICTURE: Final = re.compile(r"(?<=, )/")
_PICTURE_IN_DATA: Final = '"/assets/'


def folder_on_domain(site_url: str | None) -> str:
    """What all addresses of the site begin with: empty, or like `/therapy`."""
    return urlsplit(site_url or "").path.rstrip("/")


def nest_page(page: str, folder: str) -> str:
    """A page of HTML whose own addresses begin with the folder."""
    if not folder:
        return page

    def lead(found: re.Match[str]) -> str:
        return f"{found[1]}{folder}{_FURTHER_PICTURE.sub(f'{folder}/', found[2])}"

    # Within elements only: an owner may show how HTML is written.
    return _ELEMENT.sub(lambda found: _OWN_ADDRESS.sub(lead, found[0]), page)


def nest_data(text: str, folder: str) -> str:
    """The same for a file that scripts read: the pictures that it names."""
    return text.replace(_PICTURE_IN_DATA, f'"{folder}{_PICTURE_IN_DATA[1:]}') if folder else text


def leave_folder(path: str, folder: str) -> str:
    """The path within the site, with a slash at its begin; empty for what does not lie in the folder."""
    if not folder:
        return path
    if path == folder or path.startswith(f"{folder}/"):
        return path.removeprefix(folder) or "/"
    return ""
