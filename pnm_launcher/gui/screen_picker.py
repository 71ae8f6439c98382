"""Asks which screen or window the meeting may show to the others. Nothing is shared without an answer."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWebEngineCore import QWebEngineDesktopMediaRequest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QVBoxLayout, QWidget

from pnm_launcher.texts import plain

from .parts import button, label, row
from .texts import tr

_SCREENS_PX: Final = 96


def pick_screen(request: QWebEngineDesktopMediaRequest, parent: QWidget) -> None:
    """Open the chooser; it answers the request, also when the window closes meanwhile."""
    ScreenPicker(request, parent).open()


class ScreenPicker(QDialog):
    """Two lists that follow what opens and closes on the screen."""

    def __init__(self, request: QWebEngineDesktopMediaRequest, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Share your screen"))
        self.setMinimumSize(520, 460)
        self._request = request
        self.screens = self._list(tr("Screens"), request.screensModel())
        self.screens.setFixedHeight(_SCREENS_PX)
        self.windows = self._list(tr("Windows"), request.windowsModel())
        self.share = button(tr("Share"), "primary", name="share")
        cancel = button(tr("Cancel"), name="cancel")
        self.share.setEnabled(False)
        self.share.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(label(tr("What may the others see?"), "heading"))
        for view in (self.screens, self.windows):
            layout.addSpacing(4)
            layout.addWidget(label(view.accessibleName(), "group"))
            layout.addWidget(view, 1 if view is self.windows else 0)
        layout.addSpacing(8)
        layout.addLayout(row(1, cancel, self.share))
        self.share.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self._answer)
        cancel.setFocus()  # a list with the focus looks as if something were chosen

    def _list(self, name: str, model: QAbstractItemModel) -> QListView:
        view = QListView()
        view.setAccessibleName(name)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setSpacing(3)
        view.setModel(Titles(model, self))
        view.selectionModel().selectionChanged.connect(lambda: self._choose(view))
        view.doubleClicked.connect(self.accept)
        return view

    def _choose(self, view: QListView) -> None:
        """One choice in both lists together."""
        if view.selectedIndexes():
            (self.windows if view is self.screens else self.screens).clearSelection()
        self.share.setEnabled(bool(self.screens.selectedIndexes() or self.windows.selectedIndexes()))

    def _answer(self, result: int) -> None:
        screens, windows = self._chosen(self.screens), self._chosen(self.windows)
        if result == QDialog.DialogCode.Accepted and screens:
            self._request.selectScreen(screens[0])
        elif result == QDialog.DialogCode.Accepted and windows:
            self._request.selectWindow(windows[0])
        else:
            self._request.cancel()
        self.deleteLater()

    @staticmethod
    def _chosen(view: QListView) -> list[QModelIndex]:
        model = view.model()
        return [model.mapToSource(index) for index in view.selectedIndexes()] if isinstance(model, Titles) else []


class Titles(QIdentityProxyModel):
    """The titles of windows and screens, which others wrote, made safe to show, and our own windows marked."""

    def __init__(self, source: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSourceModel(source)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        value = super().data(index, role)
        if role != Qt.ItemDataRole.DisplayRole:
            return value
        title = plain(str(value), 120)
        ours = any(str(value) == window.windowTitle() for window in QApplication.topLevelWidgets())
        return tr("{title} (this program)").format(title=title) if ours and title else title
