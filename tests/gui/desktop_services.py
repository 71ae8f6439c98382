"""A desktop that shows notifications and keeps its screen awake, as far as D-Bus can tell; in a thread of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NOTIFICATIONS, SCREEN_SAVER = "org.freedesktop.Notifications", "org.freedesktop.ScreenSaver"
PATH = "/org/freedesktop/Notifications"
DESCRIPTION = f"""<node><interface name="{NOTIFICATIONS}"><method name="Notify">
<arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/>
<arg type="i" direction="in"/><arg type="u" direction="out"/></method></interface></node>"""


class Desktop:
    """`shown`: the arguments of every notification. `awake`: the connections that keep the screen awake."""

    def __init__(self) -> None:
        self.shown: list[tuple] = []
        self.reasons: list[str] = []
        self.awake: set[str] = set()
        self._bus = open_dbus_connection(bus="SESSION")
        for name in (NOTIFICATIONS, SCREEN_SAVER):
            self._bus.send_and_get_reply(message_bus.RequestName(name))
        rule = "type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged'"
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def click(self, number: int, token: str = "") -> None:
        """With the token, if any, that lets the program come to the front on Wayland."""
        address = DBusAddress(PATH, None, NOTIFICATIONS)
        if token:
            self._bus.send(new_signal(address, "ActivationToken", "us", (number, token)))
        self._bus.send(new_signal(address, "ActionInvoked", "us", (number, "default")))

    def close(self) -> None:
        self._ended.set()
        self._thread.join(5)
        self._bus.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            with suppress(TimeoutError):
                self._handle(self._bus.receive(timeout=0.1))

    def _handle(self, message) -> None:
        fields = message.header.fields
        member, sender = fields.get(HeaderFields.member), fields.get(HeaderFields.sender)
        if member == "NameOwnerChanged" and not message.body[2]:
            self.awake.discard(message.body[0])  # a desktop forgets the wishes of a connection that has ended
        if message.header.message_type != MessageType.method_call:
            return
        if member == "Introspect":
            self._bus.send(new_method_return(message, "s", (DESCRIPTION,)))
        elif member == "Notify":
            self.shown.append(message.body)
            self._bus.send(new_method_return(message, "u", (len(self.shown),)))
        elif member == "Inhibit":
            self.awake.add(sender)
            self.reasons.append(message.body[1])
            self._bus.send(new_method_return(message, "u", (7,)))


@contextmanager
def desktop_services() -> Iterator[Desktop]:
    made = Desktop()
    try:
        yield made
    finally:
        made.close()
