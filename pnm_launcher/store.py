"""The meetings file on disk: read at any time, changed under a lock between programs, written whole or not at all."""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from .book_file import NewerBook, decode, encode
from .errors import StoreError, StoreNotSaved, StorePartlyRead, StoreTooNew, StoreUnreadable
from .meetings import Book
from .saved_json import LARGEST, NotABook
from .texts import tr
from .whole_files import when_free

_PATIENCE: Final = 5.0
"""Seconds that a change waits for another program's change."""

_STALE: Final = 3600.0
"""Seconds after which a temporary file is a leftover of a crash."""


def load(path: Path) -> tuple[Book, StoreError | None]:
    """The saved book, and what was wrong with the file. Never raises; no file is an empty book and no fault.

    A file that is no book at all is set aside as `….bad-<UTC time>`. One that cannot be opened, or that a newer
    version wrote, stays where it is.
    """
    file = _target(path)
    try:
        return _read(file)
    except NotABook as damage:
        return _mended_or_aside(file, damage)
    except NewerBook:
        return Book(), StoreTooNew(path=str(file))
    except OSError as error:
        return Book(), StoreUnreadable(reason=_reason(error), copy=str(file))


def newest(path: Path) -> Book | None:
    """What is saved now, or None unless all of it can be read. Changes nothing on disk and never raises."""
    try:
        book, fault = _read(_target(path))
    except (NotABook, NewerBook, OSError):
        return None
    return None if fault else book


def update(path: Path, change: Callable[[Book], Book]) -> Book:
    """Read the newest book, apply a change, write it, and give it back; when this returns, it is safely on disk.

    Waits up to five seconds for another program: never call it on the GUI thread. Raises `StoreNotSaved` with the old
    file intact, `StoreTooNew` with the file untouched, and `StoreUnreadable` once if the file has become no book: it
    is set aside then, and the next change begins with an empty one.
    """
    file = _target(path)
    with _locked(file, _PATIENCE):
        book = change(_newest(file))
        _write(file, encode(book))
        return book


def _target(path: Path) -> Path:
    """The file itself where the path is a symbolic link: the link stays, and its target is written."""
    return Path(os.path.realpath(path))


def _newest(file: Path) -> Book:
    with _as_not_saved(file):
        try:
            return _read(file)[0]
        except NotABook as damage:
            fault: StoreError = _aside(file, damage)
        except NewerBook:
            fault = StoreTooNew(path=str(file))
        raise fault


def _read(file: Path) -> tuple[Book, StoreError | None]:
    try:
        book, unread = decode(_content(file))
    except FileNotFoundError:
        return Book(), None
    return book, StorePartlyRead(count=unread, path=str(file)) if unread else None


def _content(file: Path) -> bytes:
    """The bytes of an ordinary file, of one that is too large only the beginning; never waits for a pipe or device."""
    mode = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = when_free(lambda: os.open(file, mode))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(tr("where the file of your meetings should be, there is something else"))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(LARGEST + 1)
    finally:
        os.close(descriptor)


def _mended_or_aside(file: Path, damage: NotABook) -> tuple[Book, StoreError | None]:
    """Set a damaged file aside, unless another program has put a good one in its place meanwhile."""
    with suppress(NewerBook, OSError, StoreNotSaved), _locked(file, seconds=0.2):  # the window is not painted yet
        try:
            return _read(file)
        except NotABook as still:
            return Book(), _aside(file, still)
    return Book(), StoreUnreadable(reason=str(damage), copy=str(file))


def _aside(file: Path, damage: NotABook) -> StoreUnreadable:
    base = f"{file.name}.bad-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    copy = file.with_name(base)
    number = 1
    while copy.exists():
        number += 1
        copy = file.with_name(f"{base}-{number}")
    try:
        when_free(lambda: file.rename(copy))
    except OSError:
        copy = file
    return StoreUnreadable(reason=str(damage), copy=str(copy))


@contextmanager
def _locked(file: Path, seconds: float) -> Iterator[None]:
    """Only one program at a time. The kernel drops the lock of a program that dies."""
    from filelock import FileLock, Timeout  # 20 ms, and only for saving

    with _as_not_saved(file):
        _make_folder(file.parent)
        lock = FileLock(f"{file}.lock", mode=0o600)
        try:
            lock.acquire(timeout=seconds, poll_interval=0.01)
        except Timeout:
            if not Path(lock.lock_file).exists():  # on Windows a folder that cannot be written looks like a held lock
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None
            raise OSError(tr("another program keeps the file of your meetings busy")) from None
    try:
        yield
    finally:
        lock.release()


def _write(file: Path, content: bytes) -> None:
    with _as_not_saved(file):
        try:
            decode(content)  # a file that could not be read again must not take the place of one that can
        except NotABook as damage:
            raise OSError(str(damage)) from None
        _remove_leftovers(file)
        temporary = file.with_name(f"{file.name}.{secrets.token_hex(4)}.tmp")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                temporary.chmod(0o600)  # whatever the umask
                stream.write(content)
                stream.flush()
                os.fsync(descriptor)
            when_free(lambda: temporary.replace(file))
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, where the system can (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_leftovers(file: Path) -> None:
    ours = re.compile(re.escape(file.name) + r"\.[0-9a-f]{8}\.tmp")
    for leftover in file.parent.iterdir():
        if ours.fullmatch(leftover.name):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _STALE:
                    leftover.unlink()


def _make_folder(folder: Path) -> None:
    """Make what is missing of a folder's path, for its owner alone, whatever the umask."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        place.chmod(0o700)


@contextmanager
def _as_not_saved(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreNotSaved(reason=_reason(error), folder=str(file.parent)) from None


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
