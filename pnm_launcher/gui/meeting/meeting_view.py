"""The widget that shows a meeting's page."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu

_Action = QWebEnginePage.WebAction


class MeetingView(QWebEngineView):
    """The web page, with a menu for texts only: “Reload” would join with a used token."""

    def take_focus(self, touched: QObject) -> None:
        """Give the page the keyboard, and let a filter see what the user does in it; it has a widget of its own."""
        self.setFocus()
        page_widget = self.focusProxy()
        if page_widget:
            page_widget.installEventFilter(touched)

    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        request = self.lastContextMenuRequest()
        copying = (_Action.Copy,) if request.selectedText() else ()
        editing = (_Action.Undo, _Action.Redo, _Action.Cut, _Action.Copy, _Action.Paste, _Action.SelectAll)
        actions = editing if request.isContentEditable() else copying
        if actions:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([self.pageAction(action) for action in actions])
            menu.popup(event.globalPos())
