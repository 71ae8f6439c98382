"""How `requests` reaches a server here: sockets that a call can cut off, the system's certificates, no retries.

Imported by `session` at the first call only: `requests` takes 150 ms.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextvars import ContextVar
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .address import Address
from .errors import (
    CertificateForOtherName,
    CertificatesUnreadable,
    ConnectionFailed,
    ProxyAddressWrong,
    ProxyFailed,
    ProxyNeedsPassword,
    ProxyUnsupported,
)
from .wire import Call, dial
from .work import bounded

Requests = requests.Session
Response = requests.Response
current: Final[ContextVar[Call]] = ContextVar("current")
"""The call that this thread is making; connections are kept and used again, calls are not."""


def make_session(ca_file: str, headers: Mapping[str, str]) -> Requests:
    """A session that takes nothing from the environment, keeps no cookies and sends just these headers.

    `ca_file` is a PEM file of certificates to trust beside the system's. Raises `CertificatesUnreadable`.
    """
    if ca_file:
        _check_certificates(ca_file)
    session = _Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(headers)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Adapter(ca_file))
    return session


def proxies_for(address: Address, url: str, call: Call) -> dict[str, str]:
    """The proxy that the environment or the system names for this address, as `requests` wants it.

    A server on this computer is never reached through a proxy, which would see the request. The system may look names
    up for its list of exceptions, so that is bounded too. Raises `ProxyUnsupported` for all but `http://` proxies.
    """
    if address.host == "localhost" or _is_loopback(address.host):
        return {}
    try:
        found = bounded(lambda: get_environ_proxies(url), call.remaining, "proxy settings", cancel=call.cancel)
    except TimeoutError:
        call.check()
        raise call.late() from None
    if not (proxy := select_proxy(url, found)):
        return {}
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    _check_proxy(proxy)
    return {address.scheme: proxy}


def _check_proxy(proxy: str) -> None:
    try:
        parts = urlsplit(proxy)
        host, _ = parts.hostname, parts.port  # either may raise
    except ValueError:
        raise ProxyAddressWrong from None
    if not host:
        raise ProxyAddressWrong
    if parts.scheme != "http":
        raise ProxyUnsupported(proxy=f"{parts.scheme}://{host}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.endswith(".localhost")


def _check_certificates(ca_file: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(Path(ca_file).expanduser())
    except (OSError, ValueError):
        raise CertificatesUnreadable(path=ca_file) from None


class _Session(Requests):
    def get_redirect_target(self, resp: Response) -> None:
        """No answer redirects: even when told not to follow, `requests` would read the whole body to prepare for it."""


class _Held(HTTPConnection):
    """A connection whose sockets belong to the call in progress."""

    def _new_conn(self) -> socket.socket:
        call = current.get()
        try:
            return dial(call, self._dns_host, self.port or self.default_port)
        except ConnectionFailed:
            if self.proxy and not call.fault:
                raise self._proxy_fault(ProxyFailed) from None
            raise

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on as they are
        if self.sock:
            current.get().hold(self.sock)
        super().request(*args, **kwargs)

    def _tunnel(self) -> None:
        try:
            super()._tunnel()
        except (OSError, http.client.HTTPException) as error:
            current.get().check()
            raise self._proxy_fault(ProxyNeedsPassword if " 407 " in f"{error} " else ProxyFailed) from None

    def _proxy_fault(self, kind: type[ProxyFailed]) -> ProxyFailed:
        return kind(proxy=f"{self.host}:{self.port}", host=current.get().host)


class _HeldSecurely(_Held, HTTPSConnection):
    def connect(self) -> None:
        import truststore  # not needed for the practice server: 4 ms

        # One context for each connection: truststore holds a lock of the context during the whole greeting, so that
        # one silent server would stop all others.
        self.ssl_context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.ssl_context.minimum_version = ssl.TLSVersion.TLSv1_2
        super().connect()
        certificate = self.sock.getpeercert()  # type: ignore[union-attr]
        if certificate and "subjectAltName" not in certificate:  # OpenSSL still accepts the old common name
            raise CertificateForOtherName(host=current.get().host)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Held


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _HeldSecurely


class _Adapter(HTTPAdapter):
    def __init__(self, ca_file: str) -> None:
        self._trust = {"ca_certs": ca_file} if ca_file else {}
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().init_poolmanager(connections, maxsize, block, **self._trust, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401 - urllib3's ProxyManager
        manager = super().proxy_manager_for(proxy, **self._trust, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def cert_verify(self, *args: object) -> None:
        """Leave out what the base class does: it would trust `certifi` beside the system's certificates."""


_POOLS: Final = {"http": _Pool, "https": _SecurePool}
