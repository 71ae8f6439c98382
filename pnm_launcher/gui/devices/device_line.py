"""The line of the form that offers the check of camera and sound, and says what the last one found."""

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pnm_launcher.gui.parts import button, label
from pnm_launcher.gui.texts import tr

from .device_memory import Checked


class DeviceLine(QWidget):
    """
    Attributes:
        check_requested, skipped: what was pressed.
    """

    check_requested = Signal()
    skipped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "small", wrap=True)
        self.check = button(tr("Check camera and microphone…"), name="check-devices")
        self.skip = button(tr("Not now"), "link", name="skip-devices")
        self.check.clicked.connect(self.check_requested)
        self.skip.clicked.connect(self.skipped)
        layout = QGridLayout(self)  # one for all: a layout inside it would learn too late that the buttons have grown
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(2, 1)
        layout.addWidget(self.words, 0, 0, 1, 3)
        layout.addWidget(self.check, 1, 0)
        layout.addWidget(self.skip, 1, 1)

    def show_checked(self, checked: Checked | None, *, offered: bool) -> None:
        """`offered`: neither done nor declined yet."""
        self.skip.setVisible(offered)
        self.words.setVisible(offered or checked is not None)
        if checked:
            names = [name for name in (checked.camera, checked.microphone) if name]
            day = QDate(checked.day.year, checked.day.month, checked.day.day)
            shown = QLocale().toString(day, QLocale.FormatType.ShortFormat)  # digits fit the words of any language
            words = tr("{devices}: worked on {day}.") if names else tr("No camera and no microphone worked on {day}.")
            self.words.setText(words.format(devices=", ".join(names), day=shown))
        else:
            self.words.setText(
                tr("Before you join for the first time: see and hear yourself. Nothing leaves this computer.")
            )
