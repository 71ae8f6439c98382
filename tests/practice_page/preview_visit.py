"""The preview of a design in the real web engine, one pixel of the page to one of the picture."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from page_server import Stub
from page_visit import Visit
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

SIZE: Final = QSize(1280, 760)
PHONE: Final = QSize(390, 760)
_MARK: Final = """((color) => {
  const mark = document.getElementById('mark') ?? document.documentElement.appendChild(document.createElement('div'));
  mark.id = 'mark';
  mark.style.cssText = `position: fixed; z-index: 2147483647; left: 0; top: 0; width: 4px; height: 4px;
    background: ${color}`;
  return true;
})"""
_RECT: Final = """((one) => {
  const {left, top, width, height} = one.getBoundingClientRect();
  return [left, top, width, height];
})"""

Color = tuple[int, int, int]


def rgb(color: str) -> Color:
    red, green, blue = bytes.fromhex(color[1:7])
    return red, green, blue


@dataclass(frozen=True)
class Picture:
    """What is on the screen, with the places of elements in it."""

    image: QImage
    places: Mapping[str, list[float]]

    def at(self, x: float, y: float) -> Color:
        red, green, blue, _ = self.image.pixelColor(round(x), round(y)).getRgb()
        return red, green, blue

    def ground(self, name: str, spot: tuple[float, float] | None = None) -> Color:
        """The colour of a place: at a spot counted from its corner (from the other ones if below 0), else the most."""
        left, top, width, height = self.places[name]
        if spot:
            x, y = (part + (side if part < 0 else 0) for part, side in zip(spot, (width, height), strict=True))
            return self.at(left + x, top + y)
        return Counter(self._inside(name)).most_common(1)[0][0]

    def ink(self, name: str, color: str) -> bool:
        """Whether something is drawn in this colour there: a pixel that is at least half of it, the rest ground."""
        ground, ink = self.ground(name), rgb(color)
        return any(_covered(pixel, ground, ink) for pixel in set(self._inside(name)))

    def _inside(self, name: str) -> Iterator[Color]:
        """Every pixel of a small place, lines of pixels of a large one."""
        left, top, width, height = (round(part) for part in self.places[name])
        for line in range(max(top, 0), min(top + height, self.image.height()), max(1, height // 60)):
            row = self._data[line * self._step :][max(left, 0) * 3 : (left + width) * 3]
            yield from zip(row[::3], row[1::3], row[2::3], strict=True)

    @cached_property
    def _image(self) -> QImage:
        return self.image.convertToFormat(QImage.Format.Format_RGB888)

    @cached_property
    def _data(self) -> memoryview:
        return memoryview(bytes(self._image.constBits()))

    @property
    def _step(self) -> int:
        return self._image.bytesPerLine()


def _covered(pixel: Color, ground: Color, ink: Color) -> bool:
    way = [there - here for there, here in zip(ink, ground, strict=True)]
    gone = [there - here for there, here in zip(pixel, ground, strict=True)]
    part = sum(one * other for one, other in zip(way, gone, strict=True)) / (sum(one * one for one in way) or 1)
    beside = max(abs(one - part * other) for one, other in zip(gone, way, strict=True))
    return part >= 0.5 and beside <= 14


class Preview:
    """The page as the launcher drives it, by `window.preview`."""

    def __init__(self, stub: Stub, size: QSize = SIZE) -> None:
        self.visit = Visit(stub, size)
        self.visit.load(stub.url("").replace("/?", "/assets/preview.html"))
        self.visit.wait_js("window.preview")
        self._shots = 0

    def tell(self, what: str, *values: object) -> None:
        self.visit.js(f"(preview.{what}({', '.join(json.dumps(value) for value in values)}), 1)")

    def picture(self, selectors: Mapping[str, str]) -> Picture:
        """A picture taken after all that was told has been painted; elements that are not shown have no place in it."""
        self._shots += 1
        color = f"#{self._shots * 7919 % 0x1000000:06x}"
        self.visit.js(f"{_MARK}('{color}')")
        shots: list[QImage] = []

        def painted() -> bool:
            shots.append(self.visit.view.grab().toImage())
            return shots[-1].pixelColor(1, 1).name() == color

        self.visit.wait(painted, "the mark on the page")
        return Picture(shots[-1], self.places(selectors))

    def places(self, selectors: Mapping[str, str]) -> dict[str, list[float]]:
        found: dict[str, list[float] | None] = self.visit.js(
            f"Object.fromEntries(Object.entries({json.dumps(dict(selectors))}).map(([name, selector]) => {{"
            f"const one = document.querySelector(selector); return [name, one?.checkVisibility() ? {_RECT}(one) : null]"
            "}))"
        )
        return {name: place for name, place in found.items() if place}

    def close(self) -> None:
        self.visit.close()
