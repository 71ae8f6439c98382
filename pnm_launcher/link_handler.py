"""Makes this program the one that the desktop opens `matrix:` links with, for this user, and takes that back.

A menu entry of its own that no menu shows, and `xdg-mime`, which makes it the default. Sources, of freedesktop.org:
Desktop Entry Specification 1.5, “The Exec key”; Association between MIME types and applications 1.0 (`mimeapps.list`).
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from . import product
from .errors import LauncherError
from .texts import tr

ENTRY: Final = f"{product.COMMAND}-matrix.desktop"
"""The file below `applications` that is ours alone."""
LINKS: Final = "x-scheme-handler/matrix"
_SECTION: Final = "[Default Applications]"
_REMEMBERED: Final = "X-PnmLauncher-Before="
_NO_FILE, _NO_SECTION, _NO_DEFAULT = "none:file", "none:section", "none:default"
"""What was in `mimeapps.list` before, if not the name of a program."""
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPES: Final = {"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}
_SECONDS: Final = 20.0


class LinkToolMissing(LauncherError):
    sentence = tr("Your system lacks xdg-mime, which sets the default program for links.")
    hint = tr("Install the package xdg-utils, then tick this again.")


class LinksNotTaken(LauncherError):
    sentence = tr("Your system did not let this program open Matrix links: {reason}.")
    hint = tr("Nothing was changed. Check that {folder} can be written, or choose this program in your system's "
              "settings.")  # fmt: skip


class LinksNotGivenBack(LauncherError):
    sentence = tr("This program still opens Matrix links: {reason}.")
    hint = tr("Check that {folder} can be written and untick this again, or choose another program in your system's "
              "settings.")  # fmt: skip


def is_possible(system: str = sys.platform) -> bool:
    """Whether this kind of system keeps default programs in the way that this module knows."""
    return system == "linux"


def is_registered() -> bool:
    """Whether `matrix:` links start this very copy of the program. Reads two files: not for the GUI thread."""
    with suppress(OSError):
        entry = _text(_entry_file())
        return entry is not None and _is_default() and entry == _entry(_remembered(entry))
    return False


def register() -> None:
    """Let `matrix:` links start this program. Raises `LinkToolMissing` and `LinksNotTaken`, and changes nothing then.

    Takes up to 20 s: not for the GUI thread.
    """
    if not shutil.which("xdg-mime"):
        raise LinkToolMissing
    file, defaults = _entry_file(), _defaults_file()
    old: dict[Path, str | None] = {}
    try:
        old = {each: _text(each) for each in (file, defaults)}
        before = _remembered(old[file] or "") if _is_default() else _before()
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, _entry(before))
        _make_default()
    except OSError as error:
        for each, text in old.items():
            _put_back(each, text)
        raise LinksNotTaken(reason=error.strerror or str(error), folder=str(defaults.parent)) from None


def unregister() -> None:
    """Take it back: the program that was the default before is the default again. Raises `LinksNotGivenBack`.

    Whatever else is in the user's files stays as it is, letter by letter.
    """
    file, defaults = _entry_file(), _defaults_file()
    try:
        text = _text(defaults)
        before = _remembered(_text(file) or "")
        if text is not None and _is_default():
            rest = _without_ours(text, before)
            if before == _NO_FILE and not rest.strip():
                defaults.unlink()
            else:
                _write(defaults, rest)
        file.unlink(missing_ok=True)
    except OSError as error:
        raise LinksNotGivenBack(reason=error.strerror or str(error), folder=str(defaults.parent)) from None


def start_command() -> tuple[str, ...]:
    """How this copy of the program is started from anywhere, with the same meetings."""
    home = os.environ.get("PNM_LAUNCHER_HOME")
    settings = [f"PNM_LAUNCHER_HOME={Path(home).absolute()}"] if home else []
    program = [sys.executable]
    if Path(sys.executable).name != product.COMMAND:  # not a package: some Python, which must find the modules
        settings.append(f"PYTHONPATH={Path(__file__).parent.parent}")
        program += ["-m", __name__.partition(".")[0]]
    if settings or "%" in sys.executable:  # GLib looks for the first word without its quoting of "%"
        return ("/usr/bin/env", *settings, *program)
    return tuple(program)


def quoted(argument: str) -> str:
    """One argument as the Exec key wants it: in quotes only where needed, which not every desktop understands."""
    text = argument.replace("%", "%%")
    if not text or _RESERVED & set(text):
        text = '"' + "".join(f"\\{char}" if char in '"`$\\' else char for char in text) + '"'
    return _escaped(text)


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _entry(before: str) -> str:
    command = " ".join(quoted(each) for each in (*start_command(), *product.OPEN))
    return "\n".join([
        "[Desktop Entry]",
        "Type=Application",
        f"Name={product.NAME}",
        f"Comment={product.SUMMARY}",
        f"TryExec={_escaped(sys.executable)}",
        f"Exec={command} %u",
        f"Icon={product.COMMAND}",
        "NoDisplay=true",
        "Terminal=false",
        "StartupNotify=true",
        f"StartupWMClass={product.COMMAND}",
        f"MimeType={LINKS};",
        f"{_REMEMBERED}{before}",
        "",
    ])  # fmt: skip


def _remembered(entry: str) -> str:
    lines = (line.removeprefix(_REMEMBERED) for line in entry.split("\n") if line.startswith(_REMEMBERED))
    return next(lines, _NO_DEFAULT)


def _before() -> str:
    text = _text(_defaults_file())
    if text is None:
        return _NO_FILE
    if not any(line.startswith(_SECTION) for line in text.split("\n")):
        return _NO_SECTION
    number, programs = _default(text)
    return _NO_DEFAULT if number < 0 or ENTRY in programs else text.split("\n")[number].partition("=")[2]


def _is_default() -> bool:
    return ENTRY in _default(_text(_defaults_file()) or "")[1][:1]


def _default(text: str) -> tuple[int, list[str]]:
    """The line of `mimeapps.list` that says what opens the links (-1 for none), and the programs it names."""
    inside = False
    for number, line in enumerate(text.split("\n")):
        if line.startswith("["):
            inside = line.startswith(_SECTION)
        elif inside and line.partition("=")[0].strip() == LINKS:
            return number, [each.strip() for each in line.partition("=")[2].split(";") if each.strip()]
    return -1, []


def _without_ours(text: str, before: str) -> str:
    lines = text.split("\n")
    number, programs = _default(text)
    others = [each for each in programs if each != ENTRY]
    value = ";".join(others) or (before if not before.startswith("none:") else "")
    if value:
        lines[number] = f"{LINKS}={value}"
        return "\n".join(lines)
    del lines[number]
    header = number - 1
    if before in (_NO_FILE, _NO_SECTION) and lines[header] == _SECTION and not "".join(lines[number:]).strip():
        del lines[header - 1 if header and not lines[header - 1] else header : number]
    return "\n".join(lines)


def _make_default() -> None:
    """Raises `OSError` with the reason, also if `xdg-mime` says that all is well and it is not."""
    try:
        command = ["xdg-mime", "default", ENTRY, LINKS]
        ended = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise OSError(tr("xdg-mime did not answer")) from None
    if ended.returncode or not _is_default():
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        raise OSError(said[-1].rstrip(".") if said else tr("xdg-mime did nothing"))


def _entry_file() -> Path:
    return _folder("XDG_DATA_HOME", ".local/share") / "applications" / ENTRY


def _defaults_file() -> Path:
    return _folder("XDG_CONFIG_HOME", ".config") / "mimeapps.list"


def _folder(variable: str, otherwise: str) -> Path:
    given = os.environ.get(variable, "")
    return Path(given) if given.startswith("/") else Path.home() / otherwise


def _text(file: Path) -> str | None:
    """None if there is no such file. Raises `OSError` if it cannot be read."""
    with suppress(FileNotFoundError):
        return file.read_bytes().decode("utf-8", "surrogateescape")
    return None


def _put_back(file: Path, text: str | None) -> None:
    with suppress(OSError):
        if text is None:
            file.unlink(missing_ok=True)
        elif _text(file) != text:
            _write(file, text)


def _write(file: Path, text: str) -> None:
    """Whole or not at all; a link to a file elsewhere stays one."""
    file = file.resolve()
    temporary = file.with_name(f".{file.name}.new")
    try:
        temporary.write_bytes(text.encode("utf-8", "surrogateescape"))
        if file.exists():
            shutil.copymode(file, temporary)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
