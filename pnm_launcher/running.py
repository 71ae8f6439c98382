"""Hands what was opened to the window that runs already. Light: it decides at each start whether a window is needed.

One window runs for each user and each configuration folder. It listens at a socket that only this user can open; a
second start sends one line of JSON there and ends.
"""

import os
import stat
import sys
from typing import Final

LONGEST: Final = 16 * 1024
"""Bytes of a message."""
_LONGEST_PATH: Final = 100
"""What the address of a Unix socket has room for on every system."""
_SECONDS: Final = 5.0


def meeting_point() -> str:
    """The socket's path (on Windows the pipe's name), "" where there can be none."""
    home = os.environ.get("PNM_LAUNCHER_HOME")
    if sys.platform == "win32":
        return pipe_name(home)
    if home:
        path = os.path.join(home, "running.sock")  # noqa: PTH118 - needs no pathlib
    else:
        folder = os.environ.get("TMPDIR" if sys.platform == "darwin" else "XDG_RUNTIME_DIR")
        path = os.path.join(folder or os.path.expanduser("~"), _name(folder))  # noqa: PTH111, PTH118
    return path if len(os.fsencode(path)) <= _LONGEST_PATH else ""


def pipe_name(home: str | None) -> str:
    """Of this user and, where it was moved, of this folder; case does not count in it, and backslashes end it."""
    own = ""
    if home:
        import zlib

        whole = os.path.normcase(os.path.abspath(home))  # noqa: PTH100 - needs no pathlib
        own = f"-{zlib.crc32(whole.encode('utf-8', 'surrogatepass')):08x}"
    return rf"\\.\pipe\pnm-launcher-{os.environ.get('USERDOMAIN', '')}-{os.environ.get('USERNAME', '')}{own}"


def _name(folder: str | None) -> str:
    return "pnm-launcher.sock" if folder else ".pnm-launcher.sock"


def hand_over(opened: str) -> bool:
    """Give the running window what was opened ("" to bring it to the front); False if none runs or answers."""
    point = meeting_point()
    if not point or not (sys.platform == "win32" or _is_our_socket(point)):
        return False
    import json
    from contextlib import suppress

    folder = ""
    with suppress(OSError):  # a folder that was deleted under us
        folder = os.getcwd()  # noqa: PTH109 - needs no pathlib
    message = json.dumps({"open": opened, "folder": folder, "token": _leave_to_come_forward()[:256]}).encode() + b"\n"
    if len(message) > LONGEST:
        return False
    try:
        return _ask(point, message) == b"ok\n"
    except OSError:  # left over from a crash, or too busy to answer
        return False


def _leave_to_come_forward() -> str:
    """What the desktop gave this start, and without which Wayland lets no window come to the front; "" for nothing.

    Desktops with a GLib before 2.76 (GNOME 43 in Debian 12) give only the name of older times, and take it as well.
    """
    return os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""


def _is_our_socket(path: str) -> bool:
    try:
        about = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISSOCK(about.st_mode) and about.st_uid == os.getuid()


def _ask(point: str, message: bytes) -> bytes:
    if sys.platform == "win32":
        from .pipe import ask  # its parts exist on Windows only

        return ask(point, message, _SECONDS)
    import socket  # 4 ms, and only where a window runs

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_SECONDS)
        line.connect(point)
        if peer(line) != os.getuid():
            return b""
        line.sendall(message)
        return line.recv(3)


def peer(line: "object") -> int:
    """The user at the other end of a Unix socket, as the kernel says; ours where it says nothing (macOS)."""
    import socket
    import struct

    assert isinstance(line, socket.socket)  # noqa: S101 - `socket` is not imported at the start
    if not hasattr(socket, "SO_PEERCRED"):
        return os.getuid()
    _, user, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return int(user)
