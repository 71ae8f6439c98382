"""One visit of the practice page in the real web engine: load, click, read what a person would see."""

import json
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from page_server import TOKEN, Stub
from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtNetwork import QNetworkCookie
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import (
    QWebEngineDesktopMediaRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

DESKTOP: Final = QSize(1366, 768)
_PATIENCE_MS: Final = 10_000
_STEP_MS: Final = 30

# Transitions are brought to their end first, so that a style that is read is the style that stays.
_STYLE: Final = """(() => {
  document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
  const element = document.querySelector(%s);
  return element && getComputedStyle(element)[%s];
})()"""


class _Page(QWebEnginePage):
    """Grants every permission while it `allows`, shares the first screen, and keeps what was said to the console."""

    def __init__(self, profile: QWebEngineProfile, view: QWebEngineView) -> None:
        super().__init__(profile, view)
        self.console: list[str] = []
        self.allows = True
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.ScreenCaptureEnabled, True)
        self.permissionRequested.connect(lambda request: request.grant() if self.allows else request.deny())
        self.desktopMediaRequested.connect(self._share_screen)

    def _share_screen(self, request: QWebEngineDesktopMediaRequest) -> None:
        if self.allows:
            request.selectScreen(request.screensModel().index(0))
        else:
            request.cancel()

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        self.console.append(message)


class Visit:
    def __init__(self, stub: Stub, size: QSize = DESKTOP) -> None:
        self.stub = stub
        self.profile = QWebEngineProfile()
        self.view = QWebEngineView()
        self.page = _Page(self.profile, self.view)
        self.view.setPage(self.page)
        self.view.resize(size)
        self.view.show()

    def close(self) -> None:
        """The page dies before its profile."""
        gone = QEventLoop()
        self.page.destroyed.connect(gone.quit)
        self.view.close()
        self.view.deleteLater()  # and with it its page
        gone.exec()
        self.profile.deleteLater()

    def load(self, address: str) -> None:
        loaded = QEventLoop()
        self.page.loadFinished.connect(loaded.quit)
        self.view.load(address)
        loaded.exec()

    def open(self, design: object = None, query: str = f"access_token={TOKEN}", host: str = "localhost") -> None:
        """Load the page; a design that is not a text is sent as JSON."""
        if design is not None:
            query += "&custom_design=" + quote(design if isinstance(design, str) else json.dumps(design))
        self.load(self.stub.url(query, host))

    def run_first(self, source: str) -> None:
        """Run a script in every page from now on, before the page's own."""
        script = QWebEngineScript()
        script.setSourceCode(source)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        self.page.scripts().insert(script)

    def set_cookie(self, value: str) -> None:
        cookie = QNetworkCookie(b"pnm_access_token", value.encode())
        cookie.setDomain("localhost")
        cookie.setPath("/")
        self.profile.cookieStore().setCookie(cookie, self.stub.url(""))

    def js(self, expression: str) -> Any:
        """The value of an expression, through JSON, because arrays and null do not pass otherwise."""
        waiting, results = QEventLoop(), []

        def answered(value: object) -> None:
            results.append(value)
            waiting.quit()

        self.page.runJavaScript(f"JSON.stringify({expression}) ?? 'null'", answered)
        QTimer.singleShot(_PATIENCE_MS, waiting.quit)
        waiting.exec()
        assert results, f"no answer: {expression}"
        assert results[0], f"an error: {expression}"
        return json.loads(results[0])

    def wait(self, condition: Callable[[], bool], what: str = "") -> None:
        deadline = time.monotonic() + _PATIENCE_MS / 1000
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain: {what}\n{self.text()}\n{self.page.console}"
            QTest.qWait(_STEP_MS)

    def wait_js(self, expression: str) -> None:
        self.wait(lambda: bool(self.js(f"Boolean({expression})")), expression)

    def wait_for(self, selector: str) -> None:
        self.wait_js(f"document.querySelector({json.dumps(selector)})")

    def text(self, selector: str = "body") -> str:
        return str(self.js(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def style(self, selector: str, name: str) -> str | None:
        found: str | None = self.js(_STYLE % (json.dumps(selector), json.dumps(name)))
        return found

    def styles(self, wanted: list[tuple[str, str]]) -> list[str | None]:
        return [self.style(selector, name) for selector, name in wanted]

    def click(self, selector: str) -> None:
        self.wait_for(selector)
        self.js(f"document.querySelector({json.dumps(selector)}).click()")

    def click_text(self, selector: str, words: str) -> None:
        """Click the first such element with these words in it."""
        every = f"[...document.querySelectorAll({json.dumps(selector)})]"
        found = f"{every}.find((one) => one.textContent.includes({json.dumps(words)}))"
        self.wait_js(found)
        self.js(f"{found}.click()")

    def point_at(self, selector: str) -> None:
        """Move the real pointer onto the middle of an element."""
        x, y = self.js(
            f"(({{left, top, width, height}}) => [left + width / 2, top + height / 2])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        target = self.view.focusProxy()
        QTest.mouseMove(target, QPoint(int(x) - 3, int(y)))
        QTest.mouseMove(target, QPoint(int(x), int(y)))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.focusProxy(), key)

    def page_name(self) -> str:
        return str(self.js("document.querySelector('[data-page]')?.dataset.page ?? ''"))

    def wait_page(self, name: str) -> None:
        self.wait(lambda: self.page_name() == name, f"page {name}")

    def enter(self) -> None:
        """Join as a listener, from the landing page to the room."""
        self.wait_page("landing")
        self.click(".landing-entrance .secondary-button")
        self.wait_page("room")

    def dark(self, dark: bool = True) -> None:
        if self.js("document.body.classList.contains('dark')") != dark:
            self.click(".theme-switch")
