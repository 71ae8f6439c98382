"""A practice server whose room tells when it was painted for the first time, whatever shows it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from pnm_launcher import loopback
from pnm_launcher.practice import server as practice_server

_TELL = b"""<script>new PerformanceObserver((list) => {
  for (const { name, startTime } of list.getEntries())
    if (name === 'first-contentful-paint')
      fetch('/painted', { method: 'POST', body: String(performance.timeOrigin + startTime) });
}).observe({ type: 'paint', buffered: true })</script></head>"""
Start = Callable[..., Any]


class ToldPaint:
    """`painted` has, for each first paint of a page with something in it, the seconds since 1970 (the page's own
    clock, which is this computer's)."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self.painted: list[float] = []

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/painted":
            self.painted.append(float(environ["wsgi.input"].read()) / 1000)
            start("204 No Content", [])
            return []
        if environ["PATH_INFO"] != "/":
            return self._application(environ, start)
        answer: list[Any] = []
        page = b"".join(self._application(environ, lambda *told: answer.extend(told))).replace(b"</head>", _TELL)
        headers = [(name, value) for name, value in answer[1] if name.lower() != "content-length"]
        start(answer[0], [*headers, ("Content-Length", str(len(page)))])
        return [page]


def tell_paints() -> list[ToldPaint]:
    """From now on practice servers tell; gives the list of those that were started."""
    made: list[ToldPaint] = []
    serve = loopback.serve

    def told(application: Callable[..., Iterable[bytes]], **settings: Any) -> loopback.LoopbackServer:  # noqa: ANN401
        made.append(ToldPaint(application))
        return serve(made[-1], **settings)

    vars(practice_server)["serve"] = told
    return made


def first_paint(server: ToldPaint, known: int, wait: Callable[[Callable[[], bool]], None]) -> float:
    """The first one after the `known` ones. `wait` waits until its argument is true."""
    wait(lambda: len(server.painted) > known)
    return server.painted[known]


def now() -> float:
    return time.time()
