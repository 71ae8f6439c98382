"""One picture or style sheet of a design: its address, and what was found when it was looked at."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import announce, label, row, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.texts import plain

from .asset_previews import BackgroundPreview, LogoPreview

if TYPE_CHECKING:
    from pnm_launcher.design.assets import AssetKind, AssetReport, Remark

_SIGNS: Final = {"problem": "✕", "advice": "!", "fact": "–"}
_LOOKS: Final = {"problem": "bad", "advice": "strong", "fact": "muted"}


class AssetCard(QFrame):
    """Says what it is good for while it is not set; names are those of the parameters.

    `kind` is the parameter, `address` "" if it is not set, `design` all parameters.
    """

    def __init__(self, kind: "AssetKind", title: str, purpose: str, design: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.kind, self._design, self._title = kind, design, title
        self.address = design.get(kind, "")
        self.state = label("", "muted")
        self._facts = label("", "small", wrap=True)
        self._remarks = QGridLayout()
        self._remarks.setHorizontalSpacing(8)
        self._remarks.setVerticalSpacing(4)
        self._remarks.setColumnStretch(2, 1)
        self.preview: LogoPreview | BackgroundPreview | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(4)
        layout.addLayout(row(label(title, "strong"), 1, self.state))
        if not self.address:
            self.state.setText(tr("not set"))
            layout.addWidget(label(purpose, "muted", wrap=True))
            return
        shown = label(_breakable(plain(self.address, 2_048)), wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(plain(self.address, 2_048))
        layout.addWidget(shown)
        layout.addWidget(self._facts)
        layout.addLayout(self._remarks)
        self._facts.hide()
        self.show_state(tr("not loaded yet"))

    def show_state(self, text: str, look: str = "muted") -> None:
        self.state.setText(text)
        set_look(self.state, "look", look)

    def show_loading(self) -> None:
        self._clear()
        self.show_state(tr("loading…"))

    def show_report(self, report: "AssetReport") -> None:
        self._clear()
        self._show_verdict(report)
        self._facts.setText(_facts(report))
        self._facts.setVisible(bool(self._facts.text()))
        for remark in report.remarks:
            self._add(remark)
        layout = self.layout()
        if report.preview and report.picture and isinstance(layout, QVBoxLayout):
            logo = self.kind == "custom_logo"
            self.preview = (
                LogoPreview(report.preview, report.picture, self._design) if logo else BackgroundPreview(report.preview)
            )
            layout.insertWidget(layout.indexOf(self._facts) + 1, self.preview)

    def _show_verdict(self, report: "AssetReport") -> None:
        advised = any(remark.level == "advice" for remark in report.remarks)
        if not report.ok:
            self.show_state(tr("✕ The meeting cannot show it"), "bad")
        elif advised:
            self.show_state(tr("✓ Works, but could be better"), "good")
        else:
            self.show_state(tr("✓ Works"), "good")
        announce(self, f"{self._title}: {self.state.text()}")

    def _add(self, remark: "Remark") -> None:
        line = self._remarks.rowCount()
        level = {"problem": tr("Problem"), "advice": tr("Advice"), "fact": tr("Info")}[remark.level]
        text = translate(str(remark.note))
        look = _LOOKS[remark.level]
        cells = label(_SIGNS[remark.level], look), label(level, look), label(_breakable(text), wrap=True)
        for column, cell in enumerate(cells):
            self._remarks.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
        cells[2].setAccessibleName(f"{level}: {text}")

    def remarks(self) -> list[tuple[str, str]]:
        """The words of each level with their sentences, as they stand there."""
        cells = [self._remarks.itemAtPosition(line, column) for line in range(self._remarks.rowCount())
                 for column in (1, 2)]  # fmt: skip
        texts = [_text_of(cell.widget()) for cell in cells if cell]
        return list(zip(texts[::2], texts[1::2], strict=True))

    def facts(self) -> str:
        return self._facts.text()

    def _clear(self) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        if self.preview:
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
        self._facts.hide()


def _facts(report: "AssetReport") -> str:
    """Type, size in pixels and size in bytes, as far as they are known."""
    known = [report.content_type] if report.content_type else []
    if report.picture:
        known.append(tr("{width} × {height} pixels").format(width=report.picture.width, height=report.picture.height))
    if report.size:
        known.append(QLocale().formattedDataSize(report.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat))
    return " · ".join(known)


def _breakable(text: str) -> str:
    """Lets a label break a long address after each of its parts; it looks the same."""
    return text.replace("/", "/\u200b").replace("?", "?\u200b").replace("&", "&\u200b") if "://" in text else text


def _text_of(widget: QWidget | None) -> str:
    return widget.text().replace("\u200b", "") if isinstance(widget, QLabel) else ""
