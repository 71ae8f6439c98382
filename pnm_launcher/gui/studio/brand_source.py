"""Where a brand's colour comes from: any CSS colour, or a picture whose strongest colours can be clicked."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QStandardPaths, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout

from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.fields import Field
from pnm_launcher.gui.controls import Swatch
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.form.color_editor import ColorEditor
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import announce, button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.kinds import Color
from pnm_launcher.texts import plain

from .proposing import colors_of_data, colors_of_file

_ENCODED: Final = ("image/png", "image/jpeg", "image/webp")
_SWATCH_PX: Final = 36
_SMALL_PX: Final = 768
"""The side of a pasted picture that the system hands over as pixels: more is not counted."""
_FOREIGN: Final = ("xcb", "wayland")
"""Where the clipboard holds files as other programs wrote them, and Qt would decode them on the spot."""


class BrandSource(QFrame):
    """A colour editor, and below it a picture's colours.

    Attributes:
        changed: `color()` is another one.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._jobs = jobs
        self._asked = 0
        self.editor = ColorEditor(Field("brand_color", tr("Brand colour"), Color()))
        self.editor.setAccessibleName(tr("Brand colour"))
        self.editor.line().setAcceptDrops(False)  # a picture dropped there is meant for the whole window
        self.editor.line().setMaximumWidth(220)
        self.open = button(tr("Open a picture…"), name="open-picture")
        self.paste = button(tr("Paste"), name="paste-picture")
        self.paste.setAccessibleName(tr("Paste a picture"))
        self.problem = label("", "problem", wrap=True)
        self.told = label(tr("PNG, JPEG or WebP. You can also drop it into this window."), "muted", wrap=True)
        self._swatches: list[Swatch] = []
        self._build()
        self.editor.changed.connect(self._typed)
        self.open.clicked.connect(self._choose_file)
        self.paste.clicked.connect(self.take_clipboard)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 14, 20, 8)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setRowMinimumHeight(2, _SWATCH_PX)
        color, picture = label(tr("Brand colour"), "strong"), label(tr("Or take it from a picture"), "strong")
        color.setBuddy(self.editor)
        picture.setBuddy(self.open)
        self._row = row(self.told)
        self._row.setStretch(0, 1)
        for column, items in enumerate(
            ((color, row(self.editor, 1), row(self.problem)), (picture, row(self.open, self.paste, 1), self._row))
        ):
            heading, controls, below = items
            grid.addWidget(heading, 0, column)
            grid.addLayout(controls, 1, column)
            grid.addLayout(below, 2, column)

    def color(self) -> str:
        """What stands there, "" for nothing; it need not be a colour."""
        return self.editor.line().text().strip()

    def set_color(self, color: str) -> None:
        self.editor.set_value(color)

    def show_problem(self, text: str) -> None:
        """Why the colour cannot be used; "" if it can."""
        self.problem.setText(text)
        set_look(self.editor.line(), "wrong", bool(text))
        self.editor.setAccessibleDescription(tr("Problem: {text}").format(text=text) if text else "")

    def swatches(self) -> list[Swatch]:
        return self._swatches

    def _typed(self) -> None:
        self.show_problem("")
        self.changed.emit()

    # --- pictures -----------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, tr("Open a picture"), pictures)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Pictures") + " (*.png *.jpg *.jpeg *.webp)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_clipboard(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if not self.take(mime):
            self._say(tr("There is no picture in the clipboard. Copy one, or open a file."), wrong=True)

    def take(self, mime: QMimeData) -> bool:
        """Take the picture that was dropped or pasted; False if there is none that can be taken."""
        encoded = next((kind for kind in _ENCODED if mime.hasFormat(kind)), "")
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if encoded:
            self.take_data(bytes(mime.data(encoded).data()))
        elif files:
            self.take_file(files[0])
        elif mime.hasImage() and QGuiApplication.platformName() not in _FOREIGN:
            self.take_data(_small_png(mime.imageData()))
        else:
            return False
        return True

    def can_take(self, mime: QMimeData) -> bool:
        return mime.hasUrls() or mime.hasImage() or any(mime.hasFormat(kind) for kind in _ENCODED)

    def refuse(self) -> None:
        """What was dropped is no picture that is here."""
        self._say(tr("This cannot be opened: nothing is loaded from other computers. Save the picture first."),
                  wrong=True)  # fmt: skip

    def take_file(self, path: str) -> None:
        self._ask(partial(colors_of_file, path), plain(Path(path).name, 60))

    def take_data(self, data: bytes) -> None:
        self._ask(partial(colors_of_data, data), tr("the picture"))

    def _ask(self, look: partial[tuple[str, ...]], name: str) -> None:
        self._asked += 1
        asked, before = self._asked, self.color()
        self._say(tr("Looking for the colours of {name}…").format(name=name))

        def done(colors: tuple[str, ...]) -> None:
            if asked == self._asked:
                self._show_colors(colors, name)
                if self.color() == before:  # nothing was typed meanwhile
                    self.set_color(colors[0])

        def failed(error: LauncherError) -> None:
            if asked == self._asked and isinstance(error, InvalidValue):
                self._say(f"{name}: {sentence(error)}", wrong=True)

        self._jobs.run(look, done, failed, broke=partial(self._say, ""), owner=self)

    def _show_colors(self, colors: tuple[str, ...], name: str) -> None:
        self._say(tr("Colours of {name}, the strongest first:").format(name=name))
        for place, color in enumerate(colors):
            swatch = Swatch()
            swatch.set_color(QColor(color))
            swatch.setToolTip(color)
            swatch.setAccessibleName(tr("Colour {number} of {count}: {color}").format(
                number=place + 1, count=len(colors), color=color))  # fmt: skip
            swatch.clicked.connect(partial(self.set_color, color))
            self._row.insertWidget(1 + place, swatch)
            self.setTabOrder(self._swatches[-1] if self._swatches else self.paste, swatch)
            self._swatches.append(swatch)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        for swatch in self._swatches:
            swatch.hide()
            swatch.deleteLater()
        self._swatches = []
        self.told.setText(text)
        set_look(self.told, "look", "problem" if wrong else "muted")
        announce(self.told, text)


def _small_png(image: QImage) -> bytes:
    """The system's own pixels as a file; a small one, because this is done while the window waits."""
    if max(image.width(), image.height()) > _SMALL_PX:
        image = image.scaled(_SMALL_PX, _SMALL_PX, Qt.AspectRatioMode.KeepAspectRatio)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
