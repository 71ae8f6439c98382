"""With which programs of this computer a room can be opened, and the address for each.

These addresses name a room and hold no secret, so that they may stand in a program's arguments. Sources:
element-desktop `src/protocol.ts`, matrix.to `src/open/clients`, matrix-spec appendices, “URIs”.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from pnm_launcher.handoff import system_browser
from pnm_launcher.link_handler import ENTRY
from pnm_launcher.texts import tr

from .room_address import RoomAddress
from .room_faults import NoOpener

OpenerKind = Literal["element-desktop", "matrix", "element-web", "matrix.to"]
ELEMENT_WEB: Final = "https://app.element.io"
_SCHEMES: Final = ("io.element.desktop", "element", "matrix")
_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class RoomOpener:
    """One way to open a room. `name` is for people, marked for translation; `is_web` tells that a browser opens it."""

    kind: OpenerKind
    name: str
    address: str
    is_web: bool


def openers(room: RoomAddress, schemes: Collection[str], web_client: str = "") -> tuple[RoomOpener, ...]:
    """The ways to open a room, best first; the last two are always there.

    `schemes` are those of `installed_schemes()`, `web_client` is the address of an Element Web of one's own, or "".
    """
    found = []
    place = f"#/room/{quote(room.room, safe='')}" + _servers(room)
    if "io.element.desktop" in schemes:
        address = f"io.element.desktop:/vector/webapp/{place}"
        found.append(RoomOpener("element-desktop", tr("Element"), address, False))
    elif "element" in schemes:
        found.append(RoomOpener("element-desktop", tr("Element"), f"element://vector/webapp/{place}", False))
    if "matrix" in schemes:
        found.append(RoomOpener("matrix", tr("Your Matrix app"), room.uri, False))
    name = tr("Element of your organisation, in the browser") if web_client else tr("Element in the browser")
    found.append(RoomOpener("element-web", name, f"{web_client or ELEMENT_WEB}/{place}", True))
    found.append(RoomOpener("matrix.to", tr("Choose an app on matrix.to"), room.matrix_to, True))
    return tuple(found)


def installed_schemes(system: str = sys.platform) -> frozenset[str]:
    """The schemes of `element`, `io.element.desktop` and `matrix` that a program has registered here.

    May take seconds: never call it on the GUI thread.
    """
    has = {"win32": _on_windows, "darwin": _on_macos}.get(system, _on_freedesktop)
    return frozenset(scheme for scheme in _SCHEMES if has(scheme))


def open_room(opener: RoomOpener, open_web: Callable[[str], bool] = system_browser) -> None:
    """Hand the room to its program. Raises `NoOpener`."""
    if not (open_web(opener.address) if opener.is_web else _started(opener.address)):
        raise NoOpener


def _servers(room: RoomAddress) -> str:
    query = "&".join(f"via={quote(name, safe='')}" for name in room.via)
    return f"?{query}" if query else ""


def _on_freedesktop(scheme: str) -> bool:
    with suppress(OSError, subprocess.SubprocessError):
        command = ["xdg-mime", "query", "default", f"x-scheme-handler/{scheme}"]
        asked = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        program = asked.stdout.strip()
        return asked.returncode == 0 and program.endswith(b".desktop") and program != ENTRY.encode()  # not ourselves
    return False


def _on_macos(scheme: str) -> bool:
    return scheme == "element" and Path("/Applications/Element.app").exists()


def _on_windows(scheme: str) -> bool:
    import winreg  # exists on Windows only

    with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, scheme) as key:  # type: ignore[attr-defined]
        winreg.QueryValueEx(key, "URL Protocol")  # type: ignore[attr-defined]
        return True
    return False


def _started(address: str) -> bool:
    if sys.platform == "win32":
        try:
            os.startfile(address)  # noqa: S606 - made by `openers` alone
        except OSError:
            return False
        return True
    program = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        ended = subprocess.run([program, address], capture_output=True, timeout=30, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return True  # some systems wait until the program that was started ends
    except OSError:
        return False
    return ended.returncode == 0
