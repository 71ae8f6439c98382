"""Which pictures are taken of a design: each screen of the meeting's page, light and dark, wide and on a phone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pnm_launcher.errors import LauncherError
from pnm_launcher.texts import tr

SCREENS: Final = {
    "landing": tr("Landing page"),
    "room": tr("Room with its participants"),
    "chat": tr("Room with the chat"),
    "menus": tr("Room with its menus"),
    "waiting": tr("Waiting room"),
    "buttons": tr("Buttons in all their states"),
    "ended": tr("After the meeting"),
}
"""By their names in `preview.js`, in the order in which a person meets them."""

WIDE: Final = (1280, 760)
PHONE: Final = (390, 760)
"""Width and height of the meeting's page in pixels."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take; `screen` is one of `SCREENS`."""

    screen: str
    dark: bool = False
    phone: bool = False
    right_to_left: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return PHONE if self.phone else WIDE

    @property
    def file_name(self) -> str:
        """Always the same for the same picture, and in the order of the screens when sorted."""
        looks = (("phone", self.phone), ("rtl", self.right_to_left), ("dark", self.dark))
        words = [str(list(SCREENS).index(self.screen) + 1), self.screen, *(word for word, on in looks if on)]
        return "-".join(words) + ".png"

    def caption(self, say: Callable[[str], str] = str) -> str:
        """What a person reads below it; `say` translates."""
        looks = ((tr("phone"), self.phone), (tr("read from right to left"), self.right_to_left),
                 (tr("dark"), self.dark))  # fmt: skip
        words = ", ".join(say(word) for word, on in looks if on)
        return f"{say(SCREENS[self.screen])} ({words})" if words else say(SCREENS[self.screen])


@dataclass(frozen=True, slots=True)
class Taken:
    """The PNG files of some shots. `missing` names the parameters whose address gave nothing that can be shown."""

    pictures: Mapping[Shot, bytes]
    missing: tuple[str, ...] = ()


class TakePictures(Protocol):
    """What the command line is handed so that it can have pictures taken without knowing how."""

    def __call__(self, values: Mapping[str, str], shots: Sequence[Shot], *, loads: bool) -> Taken:
        """Take pictures of a design whose values are checked; `loads`: with what its addresses give.

        Raises `PicturesUnavailable`, `PicturesFailed`, or the practice server's `PracticeFailed`.
        """


def no_pictures(values: Mapping[str, str], shots: Sequence[Shot], *, loads: bool) -> Taken:
    """A `TakePictures` for a program without windows."""
    raise PicturesUnavailable(reason=tr("the part of the program that shows windows is not there"))


class PicturesUnavailable(LauncherError):
    sentence = tr("Pictures of a design cannot be taken here: {reason}.")
    hint = tr("Run the program as an ordinary user, on a system that lets it lock web pages in safely. Everything else "
              "about designs works without pictures.")  # fmt: skip


class PicturesFailed(LauncherError):
    sentence = tr("The preview stopped before all its pictures were taken.")
    hint = tr("Try again. If it happens every time, look whether the style sheet of the design hides the whole page.")


def shots_of(screens: Iterable[str] = (), *, dark: bool = False, phone: bool = False,
             right_to_left: bool = False) -> tuple[Shot, ...]:  # fmt: skip
    """The screens (all of them unless some are named), light and wide; `dark` and `phone` add pictures to these."""
    chosen = set(screens) or set(SCREENS)
    return tuple(
        Shot(screen, is_dark, is_phone, right_to_left)
        for screen in SCREENS
        if screen in chosen
        for is_phone in (False, True)[: 1 + phone]
        for is_dark in (False, True)[: 1 + dark]
    )


_ON_PHONES: Final = ("landing", "room", "chat", "menus")
SHEET: Final = tuple(
    sorted(
        (*shots_of(), Shot("room", dark=True), *(Shot(screen, phone=True) for screen in _ON_PHONES)),
        key=lambda shot: (shot.phone, list(SCREENS).index(shot.screen), shot.dark),
    )
)
"""The pictures of a sign-off sheet, those of phones last."""
