"""The page's tests share one small server per test and one visit of it in the real web engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_server import Stub
from page_visit import Visit

FOLDER = Path(__file__).parent
GRAPHICS = ("[Vv]ulkan", "GPU vendor", "DRI3")
"""What Qt says of a machine without a graphics card."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*GRAPHICS, extend=True))


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    yield server
    server.close()


@pytest.fixture
def visit(qapp: object, stub: Stub) -> Iterator[Visit]:
    visit = Visit(stub)
    yield visit
    visit.close()
