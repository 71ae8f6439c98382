"""What runs in the foreground until Ctrl+C: `practice`, and `join --practice`."""

import signal
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager

from . import launch
from .address import parse_address
from .api import Client
from .cli_output import Output
from .handoff import open_in_browser
from .meetings import Meeting
from .practice.server import PracticeServer
from .session import Session
from .texts import tr


def practice(args: Namespace, output: Output) -> None:
    with _until_ended(), closing(PracticeServer.start()) as server:
        data = {"url": server.address, "api_key": server.api_key, "secret": server.secret}
        output.result(data, [f"{name}: {value}" for name, value in data.items()])
        output.note(tr("The practice server runs until you press Ctrl+C."))
        _wait()


def join_practice(meeting: Meeting, output: Output) -> None:
    """Start a practice server and the meeting on it, open the browser, and stay."""
    with _until_ended(), closing(PracticeServer.start()) as server:
        address = parse_address(server.address)
        with Session() as session:
            client = Client(address, server.api_key, server.secret, session)
            link = launch.join(meeting, client, page=address, create=True)
        open_in_browser(link)
        output.result({"room_id": link.room_id, "url": server.address}, tr("The practice meeting is in your browser."))
        output.note(tr("It runs until you press Ctrl+C."))
        _wait()


@contextmanager
def _until_ended() -> Iterator[None]:
    """Ctrl+C and SIGTERM are the normal end here."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _wait() -> None:
    while True:
        time.sleep(3600)
