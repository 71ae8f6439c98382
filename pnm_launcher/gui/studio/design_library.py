"""The library of named designs: choose one for a meeting, keep the meeting's own, go back to earlier states."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QVBoxLayout, QWidget

from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Design, DesignVersion, Server
from pnm_launcher.texts import plain
from pnm_launcher.values import Values

from .design_browser import DesignBrowser
from .design_model import moment
from .design_naming import DesignNaming
from .design_shelf import DesignShelf
from .design_values import readable, whole
from .named_designs import shown_name

_SIZE: Final = QSize(1080, 720)
_ROOM: Final = 0.94
"""How much of the screen the dialog takes at most."""


class DesignLibrary(QDialog):
    """`current` is the design of the meeting called `title`. Changes are saved behind the scenes by the library.

    Attributes:
        taken: all parameters with the values of the chosen design, "" for each that it does not set.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, library: Library, current: Mapping[str, str], *, title: str, jobs: Jobs,
                 practice: Callable[[], Server]) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._practice = jobs, practice
        self._current, self._title = readable(current), plain(title, 60)
        self.shelf = DesignShelf(library)
        self.browser = DesignBrowser(self.shelf, self._current)
        self.list, self.details, self.banner = self.browser.list, self.browser.details, Banner()
        self.use = button(tr("Use for this meeting"), "primary", name="use-design")
        self.save_as = button(tr("Save this meeting's design as…"), name="save-design-as")
        self.close_button = button(tr("Close"), name="close-library")
        self._build()
        self._connect()
        self._connect_keys()
        library.changed.connect(self.browser.refresh)
        library.failed.connect(self.banner.show_error)
        self.browser.refresh()
        (self.list.view if self.shelf.designs() else self.browser.save_first).setFocus()

    def _build(self) -> None:
        self.setWindowTitle(tr("Design library"))
        purpose = tr("Designs with a name, for any meeting.")
        if self._title:
            purpose = tr("Designs with a name, for any meeting. You came from “{title}”.").format(title=self._title)
        head = row(label(self.windowTitle(), "heading"), label(purpose, "muted", wrap=True), spacing=16)
        head.setStretch(1, 1)
        head.setContentsMargins(28, 20, 28, 12)
        foot = row(self.save_as, 1, self.close_button, self.use)
        foot.setContentsMargins(28, 12, 28, 20)
        self.browser.setContentsMargins(28, 0, 28, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.browser, 1)
        layout.addWidget(self.banner)
        layout.addLayout(foot)
        self.use.setDefault(True)
        if screen := self.screen():
            self.resize(_SIZE.boundedTo(screen.availableGeometry().size() * _ROOM))

    def _connect(self) -> None:
        details, versions = self.details, self.details.versions
        self.browser.changed.connect(self._offer)
        self.list.used.connect(self.use.click)
        self.list.menu_wanted.connect(self._menu)
        self.use.clicked.connect(self._use)
        self.close_button.clicked.connect(self.reject)
        self.browser.save_first.clicked.connect(self._ask_name)
        self.save_as.clicked.connect(self._ask_name)
        self.save_as.setEnabled(bool(self._current))
        self.save_as.setToolTip("" if self._current else tr("This meeting has no design yet."))
        details.save_version.clicked.connect(self._ask_note)
        details.duplicate.clicked.connect(self._duplicate)
        details.compare.clicked.connect(self._compare)
        details.delete.clicked.connect(self._delete)
        details.renamed.connect(self._rename)
        details.noted.connect(self._note)
        versions.restored.connect(self._restore)
        versions.compared.connect(self._compare_version)
        for line in (details.name, details.note):
            line.left.connect(self.list.view.setFocus)

    def _connect_keys(self) -> None:
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        for keys, act in (
            (QKeySequence(Qt.Key.Key_F2), self._begin_renaming),
            (QKeySequence(QKeySequence.StandardKey.Undo), self._undo),
            (QKeySequence(QKeySequence.StandardKey.Find), self.list.search.setFocus),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _offer(self) -> None:
        any_saved = bool(self.shelf.designs())
        self.save_as.setVisible(any_saved)
        self.use.setVisible(any_saved)
        self.use.setEnabled(len(self.browser.chosen()) == 1)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        details = self.details
        for each in (self.use, details.save_version, details.duplicate, details.compare, details.delete):
            action = menu.addAction(each.text())
            action.setEnabled(each.isEnabled())
            action.triggered.connect(each.click)
        rename = menu.addAction(tr("Rename"))
        rename.triggered.connect(self._begin_renaming)
        menu.popup(place)

    # --- what is done -------------------------------------------------------------------------------------------------

    def _design(self) -> Design | None:
        return next(iter(self.browser.chosen()), None)

    def _use(self) -> None:
        if design := self._design():
            self.taken.emit(whole(design.values))
            self.accept()

    def _ask_name(self) -> None:
        name = self.shelf.free_name(self._title or tr("My design"))
        naming = DesignNaming(self, tr("Save this meeting's design"), name, self.shelf.name_of)
        naming.given.connect(lambda name, note: self.browser.bring(self.shelf.save_as(name, note, self._current)))
        naming.finished.connect(naming.deleteLater)
        naming.open()

    def _ask_note(self) -> None:
        design = self._design()
        if not design:
            return
        heading = tr("Save a new version of “{name}”").format(name=shown_name(design))
        naming = DesignNaming(self, heading, shown_name(design))
        naming.given.connect(lambda _, note: self.shelf.save_version(design, note, self._current))
        naming.finished.connect(naming.deleteLater)
        naming.open()

    def _begin_renaming(self) -> None:
        if self._design():
            self.details.name.begin()

    def _rename(self, name: str) -> None:
        if design := self._design():
            self.details.show_problem(self.shelf.rename(design, name))

    def _note(self, note: str) -> None:
        if design := self._design():
            self.shelf.write_note(design, note)

    def _duplicate(self) -> None:
        if design := self._design():
            self.browser.bring(self.shelf.duplicate(design))
            self.details.name.begin()

    def _restore(self, version: DesignVersion) -> None:
        if design := self._design():
            self.shelf.restore(design, version)

    def _delete(self) -> None:
        if designs := self.browser.chosen():
            self.shelf.delete(designs)
            self._offer_undo()
            (self.list.view if self.shelf.designs() else self.browser.save_first).setFocus()

    def _offer_undo(self) -> None:
        if words := self.shelf.deleted():
            self.banner.show_info(words, "", (tr("Undo"), self._undo))
        else:
            self.banner.hide()

    def _undo(self) -> None:
        if ids := self.shelf.undo():
            self.browser.bring(ids[0])
            self.browser.refresh(ids)
            self.list.view.setFocus()
            self._offer_undo()

    # --- comparing ----------------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """The two chosen designs, or the meeting's present one and the chosen one."""
        chosen = self.browser.chosen()
        pairs: list[tuple[str, Values]] = [(shown_name(each), each.values) for each in chosen]
        if len(pairs) == 1:
            here = tr("“{title}” now").format(title=self._title) if self._title else tr("This meeting now")
            pairs.insert(0, (here, self._current))
        if len(pairs) == 2:
            self._open_comparison(*pairs)

    def _compare_version(self, version: DesignVersion) -> None:
        if design := self._design():
            time = moment(version.saved) or tr("At an unknown time")
            left = tr("{name}, {time}").format(name=shown_name(design), time=time)
            right = tr("{name}, now").format(name=shown_name(design))
            self._open_comparison((left, version.values), (right, design.values))

    def _open_comparison(self, left: tuple[str, Values], right: tuple[str, Values]) -> None:
        from .design_compare import CompareDialog  # the previews are not needed before two designs are compared

        made = CompareDialog(self, (left[0], readable(left[1])), (right[0], readable(right[1])),
                             practice=self._practice, jobs=self._jobs)  # fmt: skip
        made.finished.connect(made.deleteLater)
        made.open()
