"""The menu of a meeting's window, with its keys."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pnm_launcher.gui.texts import tr

from .permissions import THINGS, Permissions, name_of


class MeetingMenu(QMenu):
    """
    Attributes:
        find_requested, zoom_requested (1 larger, -1 smaller, 0 as made), full_screen_requested, on_top_requested,
        again_requested, browser_requested, other_side_requested, devices_requested, facts_requested, leave_requested:
            what was chosen.
    """

    find_requested = Signal()
    zoom_requested = Signal(int)
    full_screen_requested = Signal()
    on_top_requested = Signal(bool)
    again_requested = Signal()
    browser_requested = Signal()
    other_side_requested = Signal()
    devices_requested = Signal()
    facts_requested = Signal()
    leave_requested = Signal()

    def __init__(self, window: QWidget, *, is_room: bool, moderates: bool) -> None:
        super().__init__(window)
        self._window = window
        if not is_room:
            self._entry(tr("Join again"), self.again_requested, "F5", "Ctrl+R")
            self._entry(tr("Move to the browser"), self.browser_requested)
            other_side = tr("See it as an attendee too") if moderates else tr("See it as a moderator too")
            self._entry(other_side, self.other_side_requested)
            self.addSeparator()
        self._entry(tr("Find…"), self.find_requested, QKeySequence.StandardKey.Find)
        zoom = self.addMenu(tr("Size of the page"))
        for text, step, keys in (
            (tr("Larger"), 1, ("Ctrl++", "Ctrl+=")),
            (tr("Smaller"), -1, ("Ctrl+-",)),
            (tr("As it was made"), 0, ("Ctrl+0",)),
        ):
            self._entry(text, None, *keys, menu=zoom).triggered.connect(
                lambda _=False, step=step: self.zoom_requested.emit(step)
            )
        self._entry(tr("Full screen"), self.full_screen_requested, "F11")
        if QGuiApplication.platformName() != "wayland":  # where windows cannot ask for it
            on_top = self._entry(tr("Keep on top"), None)
            on_top.setCheckable(True)
            on_top.toggled.connect(self.on_top_requested)
        self.addSeparator()
        self.permissions = self.addMenu(tr("This meeting may use"))
        self._entry(tr("Check camera and sound…"), self.devices_requested)
        if not is_room:
            self._entry(tr("About this window…"), self.facts_requested)
        self.addSeparator()
        self._entry(tr("Leave…"), self.leave_requested, QKeySequence.StandardKey.Close)

    def _entry(self, text: str, signal: SignalInstance | None, *keys: str | QKeySequence.StandardKey,
               menu: QMenu | None = None) -> QAction:  # fmt: skip
        action = (menu or self).addAction(text)
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if signal:
            action.triggered.connect(lambda: signal.emit())
        self._window.addAction(action)
        return action

    def show_permissions(self, permissions: Permissions) -> None:
        """One tick for each thing, and a way to be asked again."""
        self.permissions.clear()
        for thing in THINGS:
            action = self.permissions.addAction(name_of(thing))
            action.setCheckable(True)
            action.setChecked(permissions.answer((thing,)) is True)
            action.triggered.connect(lambda on, thing=thing: permissions.set((thing,), on, keep=True))
        self.permissions.addSeparator()
        self.permissions.addAction(tr("Ask me again"), permissions.forget)
