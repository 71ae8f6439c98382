"""Which shared libraries a program needs, and which of them are bundled."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from .places import run

_MAGIC: Final = b"\x7fELF"


def is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) == _MAGIC


def needed(path: Path) -> list[str]:
    """The names (`DT_NEEDED`) that the dynamic linker will look for."""
    return re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-dW", path))


def programs(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if is_elf(path))


def closure(roots: Iterable[Path], library_folder: Path) -> set[str]:
    """The files of a folder that these programs need, directly or through each other."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        for name in needed(waiting.pop()):
            library = library_folder / name
            if name not in found and library.exists():
                found.add(name)
                waiting.append(library)
    return found


def from_the_system(folder: Path) -> set[str]:
    """The names of libraries that nothing below the folder provides."""
    names = {path.name for path in folder.rglob("*")}
    return {name for path in programs(folder) for name in needed(path)} - names


def newest_glibc(folder: Path) -> str:
    """The oldest glibc that has every symbol that is used."""
    versions = {
        found for path in programs(folder) for found in re.findall(r"GLIBC_(2\.\d+)", run("readelf", "-VW", path))
    }
    return "2." + str(max(int(version.partition(".")[2]) for version in versions))


def strip(folder: Path) -> None:
    """Remove symbols that only debuggers read."""
    for path in programs(folder):
        run("strip", "--strip-unneeded", path)
