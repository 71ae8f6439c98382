"""A language in which every translated word stands between brackets, so that what was not translated is seen."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_PLACE = re.compile(r"\{[a-z_]+\}")
_TRANSLATED = re.compile("⟦[^⟦⟧]*⟧")
_MARKUP = re.compile(r"<[^<>]*>|&(?=\w)")
_ADDRESS = re.compile(r"[\w+.-]+:[/@]\S*|\S*[#@/\\_]\S*|\b[\w-]+(\.[\w-]+)+\b|[\w-]*\d[\w-]*|(Ctrl|Shift|Alt)\+\S+")
"""Addresses, paths, names of fields and computers, numbers, dates, keys."""
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
          Qt.ItemDataRole.AccessibleDescriptionRole)  # fmt: skip


class Bracketed(QTranslator):
    """Each stretch of a text between brackets, and the places for details outside of them: “⟦Join ⟧{name}⟦ now⟧”."""

    def translate(self, context, text, disambiguation=None, n=-1):
        return bracketed(text) if context == "" else None

    def isEmpty(self) -> bool:
        return False


def bracketed(text: str) -> str:
    """The full stop at its end stays outside: clauses lose it."""
    stop = "." if text.endswith(".") else ""
    text = text.removesuffix(".")
    places = [*_PLACE.findall(text), stop]
    parts = [f"⟦{part}⟧" if part else "" for part in _PLACE.split(text)]
    return "".join(part + place for part, place in zip(parts, places, strict=True))


def left_over(text: str, *foreign: str) -> str:
    """What of a shown text was not translated, and is neither markup nor a name, an address or a number of others."""
    left = _TRANSLATED.sub(" ", _MARKUP.sub("", text))
    for word in sorted(foreign, key=len, reverse=True):
        left = left.replace(word, " ")
    left = _ADDRESS.sub(" ", left)
    return " ".join(left.split()) if re.search(r"[^\W\d_]{2}", left) else ""


def shown_texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a window that a person can see, hear or point at, with where it is."""
    for each in (window, *window.findChildren(QWidget)):
        if not each.objectName().startswith("qt_"):
            name = f"{type(each).__name__} {each.objectName()}".strip()
            for text in _texts(each):
                yield name, text


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton | QMessageBox):
        yield widget.text()
    if isinstance(widget, QMessageBox):
        yield widget.informativeText()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (text for action in widget.actions() for text in (action.text(), action.toolTip()))
    if isinstance(widget, QComboBox | QAbstractItemView) and widget.model():
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex()))
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(model.rowCount(QModelIndex())):
        for column in columns:
            yield from (str(model.data(model.index(row, column), role) or "") for role in _ROLES)
