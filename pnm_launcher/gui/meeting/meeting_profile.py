"""What the web page of one meeting lives in: nothing on disk, strict settings, and the token as a cookie."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTimer, QUrl
from PySide6.QtNetwork import QNetworkCookie
from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineScript, QWebEngineSettings
from shiboken6 import isValid

from pnm_launcher.links import Link
from pnm_launcher.paths import resource

_COOKIE: Final = b"pnm_access_token"
_Attribute = QWebEngineSettings.WebAttribute
_SETTINGS: Final = {
    _Attribute.JavascriptCanOpenWindows: True,  # breakout rooms; MeetingPage decides about each
    _Attribute.JavascriptCanAccessClipboard: True,  # the page's copy buttons, but never reading
    _Attribute.JavascriptCanPaste: False,
    # Else any page, also one inside the page, has the whole screen from `getUserMedia` with the id of a screen, and
    # nobody is asked (measured with QtWebEngine 6.11). `MeetingPage.capturing` lets through what was chosen.
    _Attribute.ScreenCaptureEnabled: False,
    _Attribute.FullScreenSupportEnabled: True,
    _Attribute.PlaybackRequiresUserGesture: False,  # the voices of the others
    _Attribute.NavigateOnDropEnabled: False,  # a file dropped beside the chat must not end the meeting
    _Attribute.LocalContentCanAccessFileUrls: False,
    _Attribute.LocalContentCanAccessRemoteUrls: False,
    _Attribute.AllowRunningInsecureContent: False,
    _Attribute.PluginsEnabled: False,
    _Attribute.PdfViewerEnabled: False,
    _Attribute.ErrorPageEnabled: False,  # the window has its own
    _Attribute.AutoLoadIconsForPage: False,
    _Attribute.HyperlinkAuditingEnabled: False,
    _Attribute.DnsPrefetchEnabled: False,
}
_LINGER_MS: Final = 300
_alive: Final[set["MeetingProfile"]] = set()
"""Python may not drop a profile before QtWebEngine is done with it."""


class MeetingProfile(QWebEngineProfile):
    """An off-the-record profile for one meeting and the windows it opens. `language` is one of its page's codes.

    With a `name` it is no meeting's: such a profile is kept on disk.
    """

    def __init__(self, language: str = "", *, name: str = "") -> None:
        if name:
            super().__init__(name)
        else:
            super().__init__()
        self._pages = 0
        _alive.add(self)
        self.destroyed.connect(lambda: _alive.discard(self))
        app = QCoreApplication.instance()
        if app:
            app.aboutToQuit.connect(self.end_if_unused)
        settings = self.settings()
        for attribute, value in _SETTINGS.items():
            settings.setAttribute(attribute, value)
        settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)
        self.setSpellCheckEnabled(False)
        self._put_in("meeting_devices.js")
        self._put_in("meeting_limits.js")
        self.setHttpAcceptLanguage(accept_language(language, QLocale.system().uiLanguages()))

    def _put_in(self, name: str) -> None:
        """Run a script of ours before the page's own, in its world: it mends what the engine answers differently."""
        script = QWebEngineScript()
        script.setName(name)
        script.setSourceCode(resource(name).read_text("utf-8"))
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        script.setRunsOnSubFrames(False)
        self.scripts().insert(script)

    def page_is_new(self) -> None:
        self._pages += 1

    def page_is_gone(self) -> None:
        """The profile ends after the last of its pages, never before it; what that page still sends gets a moment."""
        self._pages -= 1
        QTimer.singleShot(_LINGER_MS, self, self.end_if_unused)

    def end_if_unused(self) -> None:
        if isValid(self) and not self._pages:
            self.deleteLater()

    def hand_over(self, link: Link) -> None:
        """Give the page its token before it is loaded.

        A cookie of the session, for this host only. It is not HttpOnly: plugNmeet's page reads it with
        `document.cookie` (`getAccessToken` in the client's `helpers/utils.ts`).
        """
        cookie = QNetworkCookie(_COOKIE, link.token.encode())
        cookie.setPath("/")
        cookie.setSecure(link.page.scheme == "https")
        cookie.setSameSitePolicy(QNetworkCookie.SameSite.Strict)
        self.cookieStore().setCookie(cookie, QUrl(str(link.page)))


def accept_language(preferred: str, system: list[str]) -> str:
    """The header `Accept-Language`: the meeting's language first, then the system's, each once."""
    wanted = [code for code in (preferred, *system) if code and code not in ("C", "en-POSIX")]
    wanted = list(dict.fromkeys(wanted))[:5] or ["en"]
    return ",".join(code if index == 0 else f"{code};q={1 - index / 10:.1f}" for index, code in enumerate(wanted))
