"""Looks: colours for light and dark, the style sheet, and the font sizes that follow the system's font."""

from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pnm_launcher.paths import resource

LIGHT: Final = {
    "background": "#F4F7FA", "surface": "#FFFFFF", "field": "#FFFFFF", "border": "#D5DFE9", "text": "#12263A",
    "muted": "#5B7083", "accent": "#0A66C2", "on_accent": "#FFFFFF", "accent_hover": "#0957A6", "soft": "#E3F0FC",
    "hover": "#EEF4F9", "ok": "#157347", "danger": "#C22F2F", "danger_soft": "#FBEAEA", "warning": "#8A5A00",
    "warning_soft": "#FFF4D6", "disabled": "#93A3B2", "accent_disabled": "#8FB8E3",
}  # fmt: skip
DARK: Final = {
    "background": "#10181F", "surface": "#18222C", "field": "#131C25", "border": "#2E3D4B", "text": "#E8EEF4",
    "muted": "#9DB1C3", "accent": "#62B2FF", "on_accent": "#06233F", "accent_hover": "#86C4FF", "soft": "#17324B",
    "hover": "#202C38", "ok": "#5FD08F", "danger": "#FF7B7B", "danger_soft": "#3A1D20", "warning": "#FFD27A",
    "warning_soft": "#3A2F14", "disabled": "#66788A", "accent_disabled": "#2F4F70",
}  # fmt: skip
_ROLES: Final = {
    QPalette.ColorRole.Window: "background", QPalette.ColorRole.WindowText: "text", QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "surface", QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent", QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.PlaceholderText: "muted", QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
}  # fmt: skip


class Theme(QObject):
    """Applies the looks to the application, and again whenever the system changes between light and dark.

    A system that asks for high contrast keeps its own palette untouched.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._chosen = Qt.ColorScheme.Unknown
        self._sheet = Template(resource("theme.qss").read_text("utf-8"))
        self._hints = app.styleHints()  # kept: PySide drops its accessibility hints with it
        self.apply()
        self._hints.colorSchemeChanged.connect(self.apply)

    @property
    def tokens(self) -> dict[str, str]:
        scheme = self._chosen if self._chosen != Qt.ColorScheme.Unknown else self._hints.colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Light or dark whatever the system says; Unknown follows the system again.

        Web pages follow too, except on desktops that know neither (window managers alone).
        """
        self._chosen = scheme
        self._hints.setColorScheme(scheme)
        self.apply()

    def apply(self) -> None:
        tokens = self.tokens
        if self._high_contrast():
            self._app.setStyleSheet("")
            return
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, QColor(tokens[name]))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["disabled"]))
        self._app.setPalette(palette)
        size = self._app.font().pointSizeF()
        sizes = {"small": size * 0.86, "large": size * 1.15, "title": size * 1.55, "hero": size * 2.0}
        texts = {name: f"{points:.1f}pt" for name, points in sizes.items()}
        self._app.setStyleSheet(self._sheet.substitute(tokens, **texts))

    def _high_contrast(self) -> bool:
        return self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
