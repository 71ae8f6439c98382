"""Looks at a design's pictures and style sheet, when asked: can everybody load them, and what becomes of them?"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.dialogs import fill_dialog
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label
from pnm_launcher.gui.texts import tr
from pnm_launcher.kinds import Resource
from pnm_launcher.session import Session
from pnm_launcher.texts import plain
from pnm_launcher.work import Cancellation

from .asset_card import AssetCard

if TYPE_CHECKING:
    from pnm_launcher.design.assets import AssetKind, AssetReport


class AssetDialog(QDialog):
    """Loads nothing before “Check” is pressed, which names whom it will ask; closing ends what is under way."""

    def __init__(self, parent: QWidget, values: Mapping[str, str], jobs: Jobs) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._under_way: Cancellation | None = None
        self._waiting: set[AssetCard] = set()
        self._had_keyboard = False
        self.setWindowTitle(tr("Pictures and style sheet"))
        self.cards = _cards(values)
        self._set = [card for card in self.cards if card.address]
        self.intro = label(_intro(self._set), "muted", wrap=True)
        self.check = button(tr("Check"), "primary", name="check-assets")
        self.close_button = button(tr("Close"), name="close-assets")
        self._build()
        self.check.setVisible(bool(self._set))
        first = self.check if self._set else self.close_button
        first.setDefault(True)
        first.setFocus()
        self.check.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._stop)

    def _build(self) -> None:
        inner = QWidget()
        content = QVBoxLayout(inner)
        content.setContentsMargins(28, 24, 28, 8)
        content.setSpacing(12)
        content.addWidget(label(self.windowTitle(), "heading"))
        content.addWidget(self.intro)
        for card in self.cards:
            content.addWidget(card)
        content.addStretch(1)
        fill_dialog(self, inner, self.close_button, self.check)
        room = self.screen().availableSize()
        wide = max(720, 96 * self.fontMetrics().averageCharWidth())
        self.resize(min(wide, room.width() - 40), min(760 if self._set else 440, room.height() - 60))

    def start(self) -> None:
        """Ask for all of them at once; each is shown when it has come."""
        if self._under_way:
            return
        self._under_way, self._waiting = Cancellation(), set(self._set)
        self._had_keyboard = self.check.hasFocus()
        self.check.setEnabled(False)
        for card in self._set:
            card.show_loading()
            look = partial(_look, card.kind, card.address, self._under_way)
            self._jobs.run(look, partial(self._show, card, self._under_way), lambda _: None,
                           broke=partial(self._broke, card, self._under_way), owner=self)  # fmt: skip

    def _show(self, card: AssetCard, asked: Cancellation, report: "AssetReport") -> None:
        if asked is self._under_way:
            card.show_report(report)
            self._done(card)

    def _broke(self, card: AssetCard, asked: Cancellation) -> None:
        """A bug, which is shown elsewhere."""
        if asked is self._under_way:
            card.show_state(tr("not checked"))
            self._done(card)

    def _done(self, card: AssetCard) -> None:
        self._waiting.discard(card)
        if not self._waiting:
            self._under_way = None
            self.intro.setText(_told(self._set))
            self.check.setText(tr("Check again"))
            self.check.setEnabled(True)
            if self._had_keyboard:
                self.check.setFocus()

    def _stop(self) -> None:
        if self._under_way:
            self._under_way.cancel()
        self._under_way = None
        for card in self._waiting:
            card.show_state(tr("not checked"))
        self._waiting = set()
        self.check.setEnabled(True)


def _cards(values: Mapping[str, str]) -> tuple[AssetCard, ...]:
    background = tr("A picture that fills the room between header and footer. 1920 × 1080 pixels are enough; it shows "
                    "in light mode only.")  # fmt: skip
    logo = tr("Your own logo in the room's header, at most 120 × 45 pixels. It stands on light and on dark, so a PNG "
              "or SVG with a transparent ground is best.")  # fmt: skip
    sheet = tr("Your own CSS, for all that the other parameters cannot reach: dark mode, fonts, or hidden parts.")
    return (
        AssetCard("background_image", tr("Background picture"), background, values),
        AssetCard("custom_logo", tr("Logo"), logo, values),
        AssetCard("custom_css_url", tr("Style sheet"), sheet, values),
    )


def _intro(cards: list[AssetCard]) -> str:
    if not cards:
        return tr("This design names no picture and no style sheet, so there is nothing to check. This is what they "
                  "would be good for:")  # fmt: skip
    hosts = _hosts(cards)
    if not hosts:
        return tr("None of these addresses can be used, so nothing will be loaded. “Check” tells you why.")
    told = tr("Nothing has been loaded yet. “Check” loads these files from {hosts}; nothing about you is sent along, "
              "but as with every web page your IP address can be seen there.")  # fmt: skip
    return told.format(hosts=hosts)


def _told(cards: list[AssetCard]) -> str:
    hosts = _hosts(cards)
    return tr("Loaded just now from {hosts}.").format(hosts=hosts) if hosts else tr("Nothing was loaded.")


def _hosts(cards: list[AssetCard]) -> str:
    return ", ".join(dict.fromkeys(host for card in cards if (host := _host(card))))


def _host(card: AssetCard) -> str:
    """Whom a card's address will ask; "" if it is refused before anybody is asked."""
    try:
        return plain(urlsplit(Resource().parse(card.address, card.kind)).netloc, 100)
    except InvalidValue:
        return ""


def _look(kind: "AssetKind", url: str, cancel: Cancellation) -> "AssetReport":
    from pnm_launcher.design.assets import check_asset  # not needed before somebody asks

    with Session() as session:
        return check_asset(kind, url, session, cancel=cancel)
