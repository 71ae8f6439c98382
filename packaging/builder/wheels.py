"""The libraries of `requirements/run.txt`, fetched with their hashes and unpacked without running anything of them."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from . import trim
from .places import PYTHON, ROOT, WORK, run

_LOCKED = ROOT / "requirements" / "run.txt"


@dataclass(frozen=True)
class Library:
    """A bundled library; `licence` is an SPDX expression or what its makers wrote instead."""

    name: str
    version: str
    licence: str
    digest: str
    """SHA-256 of the wheel."""
    wheel: Path


def fetch() -> list[Library]:
    """Download what is missing of the locked wheels; pip compares every one with its hash."""
    folder = WORK / "wheels"
    stamp = folder / ".locked"
    locked = _LOCKED.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != locked:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.whl"):
            old.unlink()
        tools = WORK / "pip"
        if not (tools / "bin" / "pip").exists():
            run(PYTHON, "-m", "venv", tools)
        run(tools / "bin" / "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
            "--require-hashes", "--no-deps", "-r", _LOCKED, "-d", folder)  # fmt: skip
        stamp.write_text(locked, "utf-8")
    return [_library(wheel) for wheel in sorted(folder.glob("*.whl"), key=lambda path: path.name.lower())]


def _library(wheel: Path) -> Library:
    import hashlib

    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        about = HeaderParser().parsestr(archive.read(name).decode())
    classified = [
        text.rpartition(":: ")[2] for text in about.get_all("Classifier", []) if text.startswith("License ::")
    ]
    licence = about["License-Expression"] or about["License"] or ", ".join(classified) or "see its licence text"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return Library(about["Name"], about["Version"], licence.splitlines()[0], digest, wheel)


def unpack(library: Library, folder: Path) -> None:
    """Put a wheel's files into a folder, without those that `trim` leaves out."""
    with zipfile.ZipFile(library.wheel) as archive:
        for name, member in _members(archive):
            if trim.keeps_library(name):
                _extract(archive, member, folder / name)


def unpack_qt(wheels: list[Library], folder: Path) -> Path:
    """All of Qt as it comes, to choose from."""
    for library in wheels:
        with zipfile.ZipFile(library.wheel) as archive:
            for name, member in _members(archive):
                if re.match(r"PySide6/(Qt/(lib|libexec|plugins|resources|translations)/|[^/]+\.so)", name):
                    _extract(archive, member, folder / name)
    return folder / "PySide6"


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for member in archive.infolist():
        name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", member.filename)
        if not member.is_dir() and not re.match(r"[^/]+\.data/", name):
            yield name, member


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as out:
        while piece := source.read(1 << 20):
            out.write(piece)
    target.chmod(0o755 if (member.external_attr >> 16) & 0o111 else 0o644)
