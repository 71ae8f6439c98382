"""Real keyring services for tests, each on a D-Bus of its own: unlocked, locked, or dead."""

import ctypes
import ctypes.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import secretstorage
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

ESCAPE, RETURN = 0xFF1B, 0xFF0D
NAME = "org.freedesktop.secrets"

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

_DEAD = """
from jeepney import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
connection = open_dbus_connection()
Proxy(message_bus, connection).RequestName("org.freedesktop.secrets")
print("owned", flush=True)
while True:
    connection.receive()  # and never answer
"""


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Return once the condition holds; fail after that many seconds."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.01)


@contextmanager
def bus(folder: Path, *, prompter: bool = False) -> Iterator[str]:
    """A session bus with nobody on it; with `prompter`, it starts the desktop's password window when asked."""
    config = folder / "bus.conf"
    config.write_text(_BUS.format(folder=folder, services="<standard_session_servicedirs/>" if prompter else ""))
    process = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with _ended(process):
        yield process.stdout.readline().strip()


@contextmanager
def keyring_daemon(folder: Path, address: str, password: str = "desktop") -> Iterator[subprocess.Popen]:
    """A real gnome-keyring with an unlocked collection in that folder; without a password it has no collection yet."""
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "DBUS_SESSION_BUS_ADDRESS": address}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")} | home
    process = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if password else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with _ended(process):
        process.stdin.write(password.encode())
        process.stdin.close()
        wait_until(lambda: _owned(address))
        yield process


@contextmanager
def dead_service(address: str) -> Iterator[subprocess.Popen]:
    """A Secret Service that takes every call and never answers one."""
    process = subprocess.Popen(
        [sys.executable, "-c", _DEAD],
        stdout=subprocess.PIPE,
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": address},
    )
    with _ended(process):
        assert process.stdout.readline() == b"owned\n"
        yield process


def prompted() -> bool:
    """Whether the window that asks for the keyring's password has the keyboard."""
    active = _xprop("-root", "_NET_ACTIVE_WINDOW").split()[-1]
    return "gcr" in _xprop("-id", active, "WM_CLASS").casefold()


def press(*keys: int) -> None:
    """Press and release keys, by their X keysyms, as on the real keyboard of the screen."""
    x11, xtest = (ctypes.CDLL(ctypes.util.find_library(name)) for name in ("X11", "Xtst"))
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    for key in keys:
        code = x11.XKeysymToKeycode(display, ctypes.c_ulong(key))
        for down in (1, 0):
            xtest.XTestFakeKeyEvent(display, code, down, ctypes.c_ulong(0))
    x11.XCloseDisplay(display)


def _xprop(*arguments: str) -> str:
    found = subprocess.run(["xprop", *arguments], capture_output=True, text=True, check=False)
    return found.stdout or "none"


def lock(address: str) -> None:
    """Lock the default collection."""
    with closing(open_dbus_connection(address)) as connection:
        collection = secretstorage.get_default_collection(connection)
        collection.lock()
        assert collection.is_locked()


def items(address: str) -> dict[str, bytes]:
    """All that the default collection holds: label and secret."""
    with closing(open_dbus_connection(address)) as connection:
        everything = secretstorage.get_default_collection(connection).get_all_items()
        return {item.get_label(): item.get_secret() for item in everything}


def overwrite(address: str, content: bytes) -> None:
    """Change the secret of the only item, as a person with a keyring editor can."""
    with closing(open_dbus_connection(address)) as connection:
        (item,) = secretstorage.get_default_collection(connection).get_all_items()
        item.set_secret(content)


def _owned(address: str) -> bool:
    with closing(open_dbus_connection(address)) as connection:
        return bool(Proxy(message_bus, connection).NameHasOwner(NAME)[0])


@contextmanager
def _ended(process: subprocess.Popen) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
