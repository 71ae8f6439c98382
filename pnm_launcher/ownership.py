"""Whose a file is on Windows, where every user may make folders and files below ProgramData."""

import ctypes
from pathlib import Path
from typing import Any, Final

_FILE, _OWNER = 1, 1  # SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION
_TRUSTED: Final = (22, 26)  # WinLocalSystemSid, WinBuiltinAdministratorsSid


def belongs_to_administrators(file: Path) -> bool:
    """Whether the owner is the system or the group of administrators, to whom no other user can give a file.

    False where Windows does not answer. Source: Microsoft's reference, GetNamedSecurityInfoW and IsWellKnownSid.
    """
    libraries: Any = vars(ctypes)["windll"]
    security = libraries.advapi32
    owner, about = ctypes.c_void_p(), ctypes.c_void_p()
    name = ctypes.c_wchar_p(str(file))
    if security.GetNamedSecurityInfoW(name, _FILE, _OWNER, ctypes.byref(owner), None, None, None, ctypes.byref(about)):
        return False
    try:
        return any(security.IsWellKnownSid(owner, kind) for kind in _TRUSTED)
    finally:
        libraries.kernel32.LocalFree(about)
