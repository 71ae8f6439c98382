"""The windows on an X11 screen, topmost first, as window managers list them, and what is drawn in them.

This is the order in which QtWebEngine offers them for sharing (measured with QtWebEngine 6.11 and openbox). Qt's own
`QScreen.grabWindow` gives what lies above a window too (`QXcbScreen::grabWindow`), so the X server is asked itself.
"""

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_int, c_int16, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any, Final

_MOST_BYTES: Final = 4_096
_REDIRECT_WINDOW, _AUTOMATIC = 1, 0
_ALL_OF_IT, _PIXELS = 0xFFFFFFFF, 2
_MOST_PIXELS: Final = 40_000_000


@dataclass(frozen=True)
class XWindow:
    """`id` is the window's in the X server; `titles` are what QtWebEngine may call
    it: mostly one, none for a window without a title."""

    id: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class XPicture:
    """Rows of pixels, four bytes for each: blue, green, red, and one that means nothing."""

    width: int
    height: int
    pixels: bytes


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint32),)


class _Screens(Structure):
    _fields_ = (("root", POINTER(c_uint32)), ("rest", c_int), ("index", c_int))


class _Geometry(Structure):
    _fields_ = (("type", c_uint8), ("depth", c_uint8), ("sequence", c_uint16), ("length", c_uint32), ("root", c_uint32),
                ("x", c_int16), ("y", c_int16), ("width", c_uint16), ("height", c_uint16))  # fmt: skip


class _Extension(Structure):
    _fields_ = (("name", c_char_p), ("id", c_int))


class _Request(Structure):
    _fields_ = (("parts", c_size_t), ("extension", POINTER(_Extension)), ("opcode", c_uint8), ("is_void", c_uint8))


class _Part(Structure):
    _fields_ = (("start", c_void_p), ("size", c_size_t))


class _Redirect(Structure):
    _fields_ = (("major", c_uint8), ("minor", c_uint8), ("length", c_uint16), ("window", c_uint32),
                ("update", c_uint8), ("padding", c_uint8 * 3))  # fmt: skip


class XWindows:
    """A connection of its own to the X server, so that no error of it concerns anybody else; it ends with the object.

    May be used in any thread, by one at a time.
    """

    def __init__(self) -> None:
        """Raises `OSError` where there is no X server or no libxcb."""
        self._xcb = _library()
        self._connection: Any = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            raise OSError("no X server")
        setup = self._xcb.xcb_get_setup(self._connection)
        self._root = int(self._xcb.xcb_setup_roots_iterator(setup).root[0])
        self._stacking = self._atom("_NET_CLIENT_LIST_STACKING")
        self._name, self._long_name = self._atom("WM_NAME"), self._atom("_NET_WM_NAME")
        self._utf8, self._compound = self._atom("UTF8_STRING"), self._atom("COMPOUND_TEXT")
        self._composite = _Extension(b"Composite", 0)
        self._redirected = set[int]()

    def listed(self) -> list[XWindow]:
        """Those that have a title, topmost first; none where the window manager keeps no list."""
        _, data = self._property(self._root, self._stacking)
        ids = [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data) - 3, 4)]
        named = [XWindow(each, self._titles(each)) for each in reversed(ids)]
        return [each for each in named if each.titles]

    def draw_apart(self, window: XWindow) -> None:
        """Let the X server keep the whole picture of a window, also where others lie over it.

        Desktops with a compositing manager do that anyway; without one, a picture would show what lies above.
        """
        if window.id not in self._redirected:
            self._redirected.add(window.id)
            body = _Redirect(0, _REDIRECT_WINDOW, 0, window.id, _AUTOMATIC)
            parts = (_Part * 3)()  # libxcb wants room for two of its own in front
            parts[2] = _Part(ctypes.addressof(body), ctypes.sizeof(body))
            request = _Request(1, ctypes.pointer(self._composite), _REDIRECT_WINDOW, 1)
            self._xcb.xcb_send_request(self._connection, 0, ctypes.byref(parts[2]), ctypes.byref(request))
            self._xcb.xcb_flush(self._connection)

    def picture(self, window: XWindow) -> XPicture | None:
        """What is drawn in a window now; None for one that is minimised or gone."""
        cookie = self._xcb.xcb_get_geometry(self._connection, window.id)
        reply = self._xcb.xcb_get_geometry_reply(self._connection, cookie, None)
        if not reply:
            return None
        area = _Geometry.from_buffer_copy(ctypes.string_at(reply, ctypes.sizeof(_Geometry)))
        _free(reply)
        if area.depth not in (24, 32) or area.width * area.height > _MOST_PIXELS:
            return None
        cookie = self._xcb.xcb_get_image(
            self._connection, _PIXELS, window.id, 0, 0, area.width, area.height, _ALL_OF_IT
        )
        reply = self._xcb.xcb_get_image_reply(self._connection, cookie, None)
        if not reply:
            return None
        pixels = ctypes.string_at(self._xcb.xcb_get_image_data(reply), self._xcb.xcb_get_image_data_length(reply))
        _free(reply)
        return XPicture(area.width, area.height, pixels) if len(pixels) == area.width * area.height * 4 else None

    def __del__(self) -> None:
        if getattr(self, "_connection", None):
            self._xcb.xcb_disconnect(self._connection)

    def _titles(self, window: int) -> tuple[str, ...]:
        """WM_NAME, as in WebRTC's `GetWindowTitle`. Where it is in an encoding of X11's own, the title for window
        managers stands for it: to that one, programs made with Qt add their own name."""
        kind, name = self._property(window, self._name)
        if kind != self._compound or b"\x1b" not in name:
            title = name.decode("utf-8" if kind == self._utf8 else "latin-1", "replace")
            return (title,) if title else ()
        title = self._property(window, self._long_name)[1].decode("utf-8", "replace")
        shorter = title.rpartition(" — ")[0]
        return (title, shorter) if shorter else (title,)

    def _atom(self, name: str) -> int:
        cookie = self._xcb.xcb_intern_atom(self._connection, 0, len(name), name.encode("ascii"))
        reply = self._xcb.xcb_intern_atom_reply(self._connection, cookie, None)
        if not reply:
            return 0
        atom = int(ctypes.cast(reply, POINTER(c_uint32))[2])
        _free(reply)
        return atom

    def _property(self, window: int, name: int) -> tuple[int, bytes]:
        """The type (an atom) and the value of a window's property; 0 and nothing where it has none."""
        cookie = self._xcb.xcb_get_property(self._connection, 0, window, name, 0, 0, _MOST_BYTES // 4)
        reply = self._xcb.xcb_get_property_reply(self._connection, cookie, None)
        if not reply:
            return 0, b""
        kind = int(ctypes.cast(reply, POINTER(c_uint32))[2])
        size = self._xcb.xcb_get_property_value_length(reply)
        data = ctypes.string_at(self._xcb.xcb_get_property_value(reply), size)
        _free(reply)
        return kind, data


def _library() -> ctypes.CDLL:
    xcb = ctypes.CDLL("libxcb.so.1")
    results = {
        "xcb_connect": c_void_p, "xcb_get_setup": c_void_p, "xcb_setup_roots_iterator": _Screens,
        "xcb_intern_atom": _Cookie, "xcb_intern_atom_reply": c_void_p,
        "xcb_get_geometry": _Cookie, "xcb_get_geometry_reply": c_void_p, "xcb_get_image": _Cookie,
        "xcb_get_image_reply": c_void_p, "xcb_get_image_data": c_void_p,
        "xcb_get_property": _Cookie, "xcb_get_property_reply": c_void_p, "xcb_get_property_value": c_void_p,
    }  # fmt: skip
    arguments: dict[str, tuple[Any, ...]] = {
        "xcb_connect": (c_char_p, POINTER(c_int)), "xcb_connection_has_error": (c_void_p,), "xcb_flush": (c_void_p,),
        "xcb_disconnect": (c_void_p,), "xcb_get_setup": (c_void_p,), "xcb_setup_roots_iterator": (c_void_p,),
        "xcb_intern_atom": (c_void_p, c_uint8, c_uint16, c_char_p),
        "xcb_intern_atom_reply": (c_void_p, _Cookie, c_void_p),
        "xcb_get_property": (c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint32, c_uint32),
        "xcb_get_property_reply": (c_void_p, _Cookie, c_void_p),
        "xcb_get_property_value": (c_void_p,), "xcb_get_property_value_length": (c_void_p,),
        "xcb_get_geometry": (c_void_p, c_uint32), "xcb_get_geometry_reply": (c_void_p, _Cookie, c_void_p),
        "xcb_get_image": (c_void_p, c_uint8, c_uint32, c_int16, c_int16, c_uint16, c_uint16, c_uint32),
        "xcb_get_image_reply": (c_void_p, _Cookie, c_void_p), "xcb_get_image_data": (c_void_p,),
        "xcb_get_image_data_length": (c_void_p,), "xcb_send_request": (c_void_p, c_int, c_void_p, c_void_p),
    }  # fmt: skip
    for name, types in arguments.items():
        function = getattr(xcb, name)
        function.argtypes = types
        function.restype = results.get(name, c_int)
    return xcb


def _free(reply: int) -> None:
    libc: Any = ctypes.CDLL(None)
    libc.free.argtypes = (c_void_p,)
    libc.free(reply)
