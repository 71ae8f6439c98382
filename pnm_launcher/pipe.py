"""One question through a named pipe of Windows, for `running`: it ends in time and goes to this user's programs alone.

`_winapi` is what Python's own `multiprocessing.connection` and `subprocess` are made of there. Sources, of Microsoft's
reference: CreateFileW, GetNamedPipeServerProcessId, AllowSetForegroundWindow, OpenProcess.
"""

import sys

if sys.platform == "win32":
    import _winapi
    from typing import Final

    _BUSY: Final = 231
    _MAY_IDENTIFY_US_ONLY: Final = 0x0011_0000  # SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION
    _QUERY_LIMITED: Final = 0x1000

    def ask(name: str, message: bytes, seconds: float) -> bytes:
        """Write the message and give back what comes first; raises `OSError`, also after that many seconds.

        The program at the other end may come to the front then, which Windows lets only the program that was just
        started pass on.
        """
        pipe = _opened(name, round(seconds * 1000))
        try:
            _let_come_forward(_served_by(pipe))
            _done(_winapi.WriteFile(pipe, message, overlapped=True)[0], seconds)
            reading, _ = _winapi.ReadFile(pipe, 64, overlapped=True)
            _done(reading, seconds)
            return bytes(reading.getbuffer() or b"")
        finally:
            _winapi.CloseHandle(pipe)

    def _opened(name: str, milliseconds: int) -> int:
        access = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        flags = _winapi.FILE_FLAG_OVERLAPPED | _MAY_IDENTIFY_US_ONLY
        try:
            return _winapi.CreateFile(name, access, 0, 0, _winapi.OPEN_EXISTING, flags, 0)
        except OSError as error:
            if error.winerror != _BUSY:
                raise
        _winapi.WaitNamedPipe(name, milliseconds)
        return _winapi.CreateFile(name, access, 0, 0, _winapi.OPEN_EXISTING, flags, 0)

    def _served_by(pipe: int) -> int:
        """The number of the program at the other end; raises `OSError` if it is another user's, who may have taken the
        pipe's name before us: Windows lets nobody but administrators look at other users' programs."""
        import ctypes  # not before there is somebody to talk to

        number = ctypes.c_ulong()
        if not ctypes.windll.kernel32.GetNamedPipeServerProcessId(ctypes.c_void_p(pipe), ctypes.byref(number)):
            raise OSError
        _winapi.CloseHandle(_winapi.OpenProcess(_QUERY_LIMITED, False, number.value))
        return number.value

    def _let_come_forward(program: int) -> None:
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(program)

    def _done(work: _winapi.Overlapped, seconds: float) -> None:
        if _winapi.WaitForMultipleObjects([work.event], False, round(seconds * 1000)) == _winapi.WAIT_TIMEOUT:
            work.cancel()
            work.GetOverlappedResult(True)
            raise TimeoutError
        work.GetOverlappedResult(True)
