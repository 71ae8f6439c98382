"""The check before a meeting: the camera's picture, the microphone's level, and a sound from the loudspeaker.

Everything stays on this computer, and the check may be left out. The choice cannot be handed to the meeting, whose page
sees other ids; the dialog says where to change the devices there.
"""

from datetime import date
from typing import Final

from PySide6.QtCore import QElapsedTimer, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from pnm_launcher.gui.controls import Combo
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.parts import announce, button, label, row, set_look
from pnm_launcher.gui.texts import tr

from .device_memory import Checked
from .device_probe import DeviceProbe, Findings, Source
from .device_words import fault_words, tone_words

_PICTURE: Final = QSize(480, 270)
_LOUD: Final = 0.35
"""A voice; the noise of a quiet room is below it."""
_QUIET_MS: Final = 6_000
_STEPS: Final = 100


class DeviceCheck(Dialog):
    """Begins as soon as it is shown, and switches everything off when it closes.

    Attributes:
        checked: the user is content (`Checked`).
    """

    checked = Signal(Checked)

    def __init__(self, parent: QWidget, known: Checked | None = None) -> None:
        """`known` are the devices of an earlier check, which are taken again where they are still there."""
        super().__init__(parent)
        self.setWindowTitle(tr("Check camera and sound"))
        self._wanted = {"camera": known.camera, "microphone": known.microphone} if known else {}
        self._findings: Findings | None = None
        self._heard = False
        self._listening = QElapsedTimer()
        self.probe = DeviceProbe(self)
        self.probe.setMinimumSize(_PICTURE)
        self.no_picture = label("", "muted", wrap=True)
        self.no_picture.setObjectName("NoPicture")
        self.no_picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_picture.setMargin(24)
        self.camera, self.microphone, self.speaker = Combo(), Combo(), Combo()
        self.level = QProgressBar()
        self.level.setObjectName("Level")
        self.level.setRange(0, _STEPS)
        self.level.setTextVisible(False)
        self.level.setAccessibleName(tr("Loudness of the microphone"))
        self.said = {name: label("", "small", wrap=True) for name in ("camera", "microphone", "speaker")}
        self.play = button(tr("Play a sound"), name="play-sound")
        self.again = button(tr("Try again"), name="try-again")
        self.done_button = button(tr("Done"), "primary", name="done")
        self._lay_out()
        self._connect()
        self.probe.start()
        self.done_button.setFocus()

    def _lay_out(self) -> None:
        self._picture = QStackedWidget()
        self._picture.addWidget(self.no_picture)
        self._picture.addWidget(self.probe)
        self._picture.setCurrentWidget(self.probe)  # it must be visible to begin
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label(tr("Do camera and sound work?"), "heading"))
        local = tr("Nobody sees or hears you here: all of it stays on this computer.")
        layout.addWidget(label(local, "muted", wrap=True))
        layout.addWidget(self._picture, 1)
        layout.addLayout(self._devices())
        layout.addWidget(label(_in_the_meeting(), "muted", wrap=True))
        layout.addLayout(row(self.again, 1, self.done_button))

    def _devices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, str, Combo, QWidget | None]] = [
            ("camera", tr("Camera"), self.camera, None),
            ("microphone", tr("Microphone"), self.microphone, self.level),
            ("speaker", tr("Loudspeaker"), self.speaker, self.play),
        ]
        for index, (key, name, combo, beside) in enumerate(rows):
            words = label(name)
            words.setBuddy(combo)
            combo.setAccessibleName(name)
            combo.setPlaceholderText(tr("None found"))
            grid.addWidget(words, index * 2, 0)
            grid.addWidget(combo, index * 2, 1, 1, 1 if beside else 2)
            if beside:
                grid.addWidget(beside, index * 2, 2)
            self.said[key].hide()
            grid.addWidget(self.said[key], index * 2 + 1, 1, 1, 2)
        self.level.setMinimumWidth(self.play.sizeHint().width())
        return grid

    def _connect(self) -> None:
        self.probe.found.connect(self._found)
        self.probe.stopped.connect(self._stopped)
        self.camera.activated.connect(lambda: self._use("camera"))
        self.microphone.activated.connect(lambda: self._use("microphone"))
        self.play.clicked.connect(lambda: self.probe.play(self.speaker.currentData() or ""))
        self.again.clicked.connect(self._try_again)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self._end)
        self._listening.start()

    def _use(self, source: Source) -> None:
        combo = self.camera if source == "camera" else self.microphone
        self._wanted.pop(source, None)
        if source == "microphone":
            self._heard = False
            self._listening.restart()
        self.probe.use(source, combo.currentData() or "")

    def _try_again(self) -> None:
        self._use("camera")
        self._use("microphone")

    # --- what was found --------------------------------------------------------------------------------------------

    def _found(self, findings: Findings) -> None:
        self._findings = findings
        for kind, combo in (("camera", self.camera), ("microphone", self.microphone), ("speaker", self.speaker)):
            self._list(kind, combo, findings)
        self._take_the_known(findings)
        self._show_picture(findings)
        self._show_level(findings)
        found = bool(findings.named("speaker"))
        none = tr("No loudspeaker was found."), "problem"
        self._say("speaker", *(tone_words(findings.sounding) if found else none))
        self.play.setEnabled(found and findings.sounding != "yes")

    @staticmethod
    def _list(kind: str, combo: Combo, findings: Findings) -> None:
        devices = findings.named(kind)
        if [each.id for each in devices] != [combo.itemData(at) for at in range(combo.count())]:
            kept = combo.currentData()
            with QSignalBlocker(combo):
                combo.clear()
                for each in devices:
                    combo.addItem(each.name or tr("Without a name"), each.id)
                combo.setCurrentIndex(max(0, combo.findData(kept)) if devices else -1)
        combo.setEnabled(bool(devices))
        used = combo.findData(findings.used.get(kind, ""))
        if used >= 0 and not findings.faults.get(kind) and not combo.view().isVisible():
            combo.setCurrentIndex(used)

    def _take_the_known(self, findings: Findings) -> None:
        """Once the names are there: those of the last check, which the system may not prefer."""
        sources: tuple[Source, ...] = ("camera", "microphone")
        for source in sources:
            devices = findings.named(source)
            if source not in self._wanted or not devices:
                continue
            name = self._wanted.pop(source)
            found = [each for each in devices if each.name == name]
            if found and found[0].id != findings.used.get(source):
                self.probe.use(source, found[0].id)

    def _show_picture(self, findings: Findings) -> None:
        fault = findings.faults["camera"]
        words = fault_words("camera", fault) if fault else ""
        if words != self.no_picture.text():
            self.no_picture.setText(words)
            if words:
                announce(self.no_picture, words)
        self._picture.setCurrentWidget(self.no_picture if fault else self.probe)
        self._say("camera", "" if findings.picture or fault else tr("Waiting for the picture…"))

    def _show_level(self, findings: Findings) -> None:
        level = round(findings.level * _STEPS)
        self.level.setValue(max(level, self.level.value() - _STEPS // 20))  # falls slowly, as meters do
        self._heard = self._heard or findings.level > _LOUD
        fault = findings.faults["microphone"]
        if fault:
            self._say("microphone", fault_words("microphone", fault), "problem")
        elif self._heard:
            self._say("microphone", tr("You are heard."), "good")
        elif self._listening.elapsed() > _QUIET_MS:
            self._say("microphone", tr("Nothing is heard. Is it muted, or is another one meant?"), "problem")
        else:
            self._say("microphone", tr("Say something: the bar moves."))

    def _say(self, what: str, words: str, look: str = "small") -> None:
        said = self.said[what]
        if said.text() != words:
            said.setText(words)
            said.setVisible(bool(words))
            set_look(said, "look", look)
            if words:
                announce(said, words)

    def _stopped(self) -> None:
        self.no_picture.setText(tr("The check stopped working. Close it and open it again."))
        self._picture.setCurrentWidget(self.no_picture)

    def _end(self, result: int) -> None:
        found = self._findings
        if result == self.DialogCode.Accepted and found:
            self.checked.emit(
                Checked(
                    date.today(),
                    self.camera.currentText() if found.picture and not found.faults["camera"] else "",
                    self.microphone.currentText() if not found.faults["microphone"] else "",
                    self.speaker.currentText(),
                )
            )
        self.deleteLater()  # and with it the page, which switches everything off


def _in_the_meeting() -> str:
    return tr("The meeting begins with the devices that your system prefers. To change them there, press the arrow "
              "beside the camera or the microphone.")  # fmt: skip
