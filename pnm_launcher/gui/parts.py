"""Labels, buttons and cards with the looks of the style sheet. Light: the first paint is made of these."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


def label(text: str, look: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label with a look of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        made.setProperty("look", look)
    made.setWordWrap(wrap)
    return made


def button(text: str, look: str = "", *, name: str = "") -> QPushButton:
    made = QPushButton(text)
    if look:
        made.setProperty("look", look)
    made.setAutoDefault(True)  # Enter means the button that has the focus, not the dialog's default one
    if name:
        made.setObjectName(name)
    return made


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if (widget.property(name) or "") != (value or ""):
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # otherwise it will look for the first time
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say what appeared without having the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not needed before the first paint

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def card(title: str = "") -> tuple[QFrame, QVBoxLayout]:
    """A rounded box with a heading."""
    frame = QFrame()
    frame.setObjectName("Card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(20, 16, 20, 16)
    layout.setSpacing(8)
    if title:
        layout.addWidget(label(title, "strong"))
    return frame, layout


def row(*items: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside each other; a number stands for a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    fill(layout, *items)
    return layout


def fill(layout: QBoxLayout, *items: QWidget | int) -> None:
    for item in items:
        if isinstance(item, int):
            layout.addStretch(item)
        else:
            layout.addWidget(item)
