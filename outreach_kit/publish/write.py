"""Files written beside the last good site and swapped in, so that a failure leaves it as it was."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self

from outreach_kit.errors import MachineError


@dataclass
class Staging:
    """Collects what changed in a folder beside `out`; `swap` moves it in, leaving aborts it."""

    out: Path
    previous: frozenset[str]
    """Names that earlier builds wrote; only these may be removed."""
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._beside = self.out.parent / f"{self.out.name}.{os.getpid()}.next"

    def __enter__(self) -> Self:
        shutil.rmtree(self._beside, ignore_errors=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)

    def put(self, name: str, content: bytes) -> None:
        """Stage one file under its POSIX name; a file whose bytes are already in place is kept."""
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"{name!r} leads out of the output folder")
        if _same(f"{self.out}/{path}", content):
            self.kept.append(name)
            return
        target = f"{self._beside}/{path}"
        try:
            with _open_anew(target) as file:
                file.write(content)
        except OSError as error:
            raise explain_failure(Path(target), error) from error
        self.written.append(name)

    def put_file(self, name: str, source: Path) -> None:
        """Stage a file that is too large to be held in memory; always written anew."""
        target = self._beside / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        except OSError as error:
            raise explain_failure(target, error) from error
        self.written.append(name)

    def keep(self, names: Iterable[str]) -> None:
        """Leave files of an earlier build as they are, though this build did not make them."""
        self.kept.extend(name for name in names if (self.out / name).is_file())

    def keep_others(self, below: str = "") -> None:
        """Leave all of earlier builds that this one did not make, or what of it stands `below`."""
        others = self.previous - {*self.written, *self.kept}
        self.keep(sorted(name for name in others if name.startswith(below)))

    def swap(self) -> None:
        """Move every staged file into place, then remove what no build makes any more."""
        made = {*self.written, *self.kept}
        try:
            for name in self.written:
                staged = f"{self._beside}/{name}"
                _move(staged, f"{self.out}/{name}")
                with suppress(OSError):  # something is staged there still
                    os.rmdir(staged.rpartition("/")[0])  # noqa: PTH106
            for name in sorted(self.previous - made, reverse=True):
                self._remove(name)
        except OSError as error:
            raise explain_failure(self.out, error) from error

    def _remove(self, name: str) -> None:
        target = self.out / name
        with suppress(FileNotFoundError):
            target.unlink()
            self.removed.append(name)
        for folder in target.parents:
            if folder == self.out or not folder.is_relative_to(self.out):
                break
            try:
                folder.rmdir()
            except OSError:  # not empty: somebody else's files live here
                break


def _open_anew(target: str) -> BinaryIO:
    """A file to write; its folder is made where there is none, which most often is found out by trying."""
    try:
        return open(target, "wb")  # noqa: PTH123 - a Path for each of thousands costs more
    except FileNotFoundError:
        _make_room(target)
        return open(target, "wb")  # noqa: PTH123


def _move(source: str, target: str) -> None:
    try:
        os.replace(source, target)  # noqa: PTH105
    except FileNotFoundError:
        _make_room(target)
        os.replace(source, target)  # noqa: PTH105


def _make_room(target: str) -> None:
    folder = target.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102 - the folder around it is nearly always there
    except (FileNotFoundError, FileExistsError):
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write a few text files, each beside its place first; folders are made as needed."""
    for name, text in files.items():
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if _same(str(target), text.encode()):
                continue
            beside = target.with_name(target.name + ".next")
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(target)
        except OSError as error:
            raise explain_failure(target, error) from error


def _same(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == content
    except OSError:
        return False


def explain_failure(path: Path, error: OSError) -> MachineError:
    """What could not be written, why, and what helps against just that."""
    return MachineError(f"{path} cannot be written: {error.strerror or error}. {_todo(error)}")


def _todo(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "Free some space or choose another disk with --out, then build again."
        case errno.EACCES | errno.EPERM:
            return (
                "You may not write there: choose a folder of your own with --out, or have the rights "
                "to this one changed."
            )
        case errno.EROFS:
            return "That disk can only be read: choose another place with --out."
        case errno.ENAMETOOLONG:
            return "A name in it is too long for this disk: shorten the name of the file it comes from."
        case errno.ENOTDIR | errno.EEXIST | errno.EISDIR:
            return "A file stands where a folder is needed, or the reverse: move it away, then build again."
        case errno.EMFILE | errno.ENFILE:
            return "Too many files are open on this machine: close some programs, then build again."
        case errno.EIO | errno.ENODEV | errno.ENXIO:
            return "The disk does not answer as it should: check it before you build again."
        case _:
            return "Choose another place with --out, or see to the cause, then build again."
