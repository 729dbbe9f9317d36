"""Ways to make a copied practice a little better or worse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

Edit = Callable[[Path], None]
NORA = "clinicians/nora-ellison"


def put(name: str, old: str, new: str) -> Edit:
    """`new` in the place of `old`, which must be there."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def cut(name: str, pattern: str, new: str = "") -> Edit:
    """`new` in the place of what the pattern matches, line ends included; it must match."""

    def edit(folder: Path) -> None:
        text, count = re.subn(pattern, new, (folder / name).read_text("utf-8"), flags=re.DOTALL)
        assert count, f"{pattern!r} matches nothing in {name}"
        (folder / name).write_text(text, encoding="utf-8")

    return edit


def remove(name: str) -> Edit:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Edit:
    """A file of its own, or more text at the end of one."""

    def edit(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def second_clinician(niche: str = "") -> Edit:
    """A colleague who is told like the first, apart from the name and perhaps the niche."""

    def edit(folder: Path) -> None:
        home = folder / "clinicians/ada-lund"
        shutil.copytree(folder / NORA, home)
        path = home / "clinician.toml"
        text = path.read_text("utf-8").replace("Nora Ellison", "Ada Lund")
        if niche:
            text = re.sub(r'niche = """.*?"""', f'niche = "{niche}"', text, flags=re.DOTALL)
        path.write_text(text, encoding="utf-8")

    return edit


def portrait(alt: str) -> Edit:
    def edit(folder: Path) -> None:
        Image.new("RGB", (400, 500), "white").save(folder / NORA / "nora.png")
        line = f'portrait_alt = "{alt}"\n' if alt else ""
        put(f"{NORA}/clinician.toml", "in_person", f'portrait = "nora.png"\n{line}in_person')(
            folder
        )

    return edit
