"""The look at a chat room before one joins it: what it is, who may enter, and the one button that fits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.controls import Combo
from pnm_launcher.gui.parts import announce, button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.rooms import Way

from .room_facts import Seen, advice_on, facts_of, name_of, place_of, topic_of


class RoomCard(QFrame):
    """Shows and asks; what the buttons do is decided by `RoomVisit`.

    Attributes:
        join_wanted, knock_wanted: with the reason that was typed, or "".
        leave_wanted, open_wanted, cancel_wanted: as the buttons say.
        successor_wanted: go to the room that took this one's place.
        opener_chosen: another way to open the room was chosen (its number).
    """

    join_wanted = Signal(str)
    knock_wanted = Signal(str)
    leave_wanted = Signal()
    open_wanted = Signal()
    cancel_wanted = Signal()
    successor_wanted = Signal()
    opener_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.seen: Seen | None = None
        self._locked = self._invited = False
        self.name, self.place = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self.topic, self.facts = label("", wrap=True), label("", "muted", wrap=True)
        self.title, self.hint = label("", "strong"), label("", "muted", wrap=True)
        self.advice = label("", wrap=True)
        self._notice = QFrame()
        self._notice.setObjectName("Notice")
        self.reason = QLineEdit()
        self.reason.setObjectName("matrix-reason")
        self.reason.setMaxLength(500)
        self.reason.setAccessibleName(tr("Why you want to join"))
        self.reason.setPlaceholderText(tr("Why you want to join (may stay empty)"))
        self.opener = Combo()
        self.opener.setObjectName("matrix-opener")
        self.opener.setAccessibleName(tr("Open in"))
        self.status = label("", "muted", wrap=True)
        self.banner = Banner()
        self.main = button("", name="matrix-main")
        self.knock = button(tr("Ask to join"), name="matrix-knock")
        self.successor = button(tr("Show the new room"), name="matrix-successor")
        self.leave = button(tr("Leave"), name="matrix-leave")
        self.cancel = button(tr("Cancel"), name="matrix-stop")
        self._build()
        self._listen()
        self.show_hint("")

    def _build(self) -> None:
        inside = QVBoxLayout(self._notice)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.advice)
        inside.addLayout(row(self.successor, 1))
        self._caption = label(tr("Open in"), "muted")
        self._caption.setBuddy(self.opener)
        self.status.setMinimumHeight(self.status.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        for each in (self.hint, self.name, self.place, self.topic, self.facts, self._notice, self.reason):
            layout.addWidget(each)
        layout.addLayout(row(self._caption, self.opener, spacing=16))
        layout.addWidget(self.banner)
        layout.addStretch(1)
        layout.addWidget(self.status)
        layout.addLayout(row(self.leave, 1, self.cancel, self.knock, self.main))

    def _listen(self) -> None:
        self.main.clicked.connect(self._act)
        self.knock.clicked.connect(lambda: self.knock_wanted.emit(self.reason.text().strip()))
        self.leave.clicked.connect(self.leave_wanted)
        self.successor.clicked.connect(self.successor_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.opener.activated.connect(self.opener_chosen)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_hint(self, text: str) -> None:
        """Nothing is known; say what to do."""
        self.seen = None
        self.banner.hide()
        self.hint.setText(text)
        self.status.setText("")
        self._arrange()

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        self.banner.hide()
        self.status.setText("")
        self.name.setText(name_of(seen))
        self.place.setText(place_of(seen))
        self.topic.setText(topic_of(seen))
        self.facts.setText(facts_of(seen))
        self.advice.setText(advice_on(seen))
        self._arrange()
        announce(self, f"{self.name.text()}. {self.facts.text()}. {self.main.text()}")

    def show_fault(self, error: LauncherError, *actions: tuple[str, object]) -> None:
        """What went wrong; what is known of the room stays."""
        self.status.setText("")
        self.banner.show_error(error, *actions)  # type: ignore[arg-type]

    def show_openers(self, names: list[str], chosen: int) -> None:
        self.opener.clear()
        self.opener.addItems(names)
        self.opener.setCurrentIndex(chosen)

    def wait(self, words: str) -> None:
        """Something is under way; "" ends it."""
        self.status.setText(words)
        for each in (self.main, self.knock, self.leave, self.successor, self.reason, self.opener):
            each.setEnabled(not words)
        self.cancel.setVisible(bool(words))
        if not words:
            self._arrange()

    def lock(self, words: str) -> None:
        """The server wants to be left alone: nothing can be tried before it says so again; "" ends it."""
        self._locked = bool(words)
        self.status.setText(words)
        self._arrange()

    def set_invited(self, invited: bool) -> None:
        """There is a signed invitation, with which one may join what is closed otherwise."""
        if invited != self._invited:
            self._invited = invited
            self._arrange()

    @property
    def way(self) -> Way | None:
        """What the button does, None while there is none."""
        way: Way | None = self.seen.summary.way if self.seen else None
        return "join" if way in ("invited only", "knock") and self._invited else way

    def _arrange(self) -> None:
        seen, way = self.seen, self.way
        self.title.setText(tr("You are in this room") if way == "open" else tr("Look before you join"))
        for each in (self.name, self.place, self.topic, self.facts):
            each.setVisible(seen is not None and bool(each.text()))
        self.hint.setVisible(seen is None and bool(self.hint.text()))
        self._notice.setVisible(seen is not None and bool(self.advice.text()))
        knocks = seen is not None and seen.summary.may_knock
        self.reason.setVisible(knocks and way in ("knock", "join"))
        self.knock.setVisible(knocks and way == "join")
        self.leave.setVisible(way in ("open", "waiting"))
        self.leave.setText(tr("Take back") if way == "waiting" else tr("Leave"))
        self.successor.setVisible(seen is not None and seen.successor is not None)
        self.opener.setVisible(way == "open")
        self._caption.setVisible(way == "open")
        self.cancel.hide()
        self.main.setVisible(way is not None)
        if way:
            self.main.setText(_words(way))
        self.main.setEnabled(way in ("open", "join", "knock") and not (self._locked and way != "open"))
        self.knock.setEnabled(not self._locked)

    def _act(self) -> None:
        reason = self.reason.text().strip()
        match self.way:
            case "open":
                self.open_wanted.emit()
            case "join":
                self.join_wanted.emit("")
            case "knock":
                self.knock_wanted.emit(reason)


def _words(way: Way) -> str:
    words: dict[Way, str] = {
        "open": tr("Open the chat"), "join": tr("Join the chat"), "knock": tr("Ask to join"),
        "waiting": tr("Waiting for an answer"), "invited only": tr("Only with an invitation"), "banned": tr("Banned"),
    }  # fmt: skip
    return words[way]
