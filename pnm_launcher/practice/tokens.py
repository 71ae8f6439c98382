"""Join tokens: HS256, with the documented claims and lifetime."""

import hashlib
import hmac
from typing import Any, Final, NamedTuple

LEEWAY_SECONDS: Final = 60
"""By so much may the clocks of server and caller differ; a token therefore works until a minute after `exp`."""


class TokenRefused(Exception):
    """`str()` is the server's message."""


class TokenExpired(TokenRefused):
    def __init__(self) -> None:
        super().__init__("notifications.token-expired")


class TokenInvalid(TokenRefused):
    def __init__(self) -> None:
        super().__init__("notifications.invalid-token")


class Identity(NamedTuple):
    """What a token says of its bearer."""

    name: str
    user_id: str
    room_id: str
    is_admin: bool = False
    is_hidden: bool = False
    client_type: int = 0


class Signer:
    """Signs and checks with one API key and secret; neither is shown by `repr`."""

    def __init__(self, api_key: str, secret: str, token_seconds: int) -> None:
        self.api_key = api_key
        self._secret = secret
        self._seconds = token_seconds

    def __repr__(self) -> str:
        return "Signer(…)"

    def signature(self, body: bytes) -> str:
        """The lower-case hex HMAC-SHA256 of a request's body."""
        return hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()

    def token(self, who: Identity, now: float) -> str:
        import jwt  # here, because nothing before the first window needs it

        claims: dict[str, Any] = {
            "iss": self.api_key,
            "nbf": int(now),
            "exp": int(now) + self._seconds,
            "sub": who.user_id,
            "name": who.name,
            "user_id": who.user_id,
            "room_id": who.room_id,
        }
        for name in ("is_admin", "is_hidden", "client_type"):
            if value := getattr(who, name):
                claims[name] = value
        return jwt.encode(claims, self._secret, algorithm="HS256", sort_headers=True)

    def identity(self, token: str, now: float) -> Identity:
        """Who a token stands for; raises `TokenRefused`. The times are checked against `now`, not the system clock."""
        import jwt  # as above

        try:
            claims = jwt.decode(
                token, self._secret, algorithms=["HS256"], issuer=self.api_key,
                options={"require": ["exp", "nbf", "sub", "iss"], "verify_exp": False, "verify_nbf": False},
            )  # fmt: skip
            starts, ends = float(claims["nbf"]), float(claims["exp"])
            names = {name: claims[name] for name in Identity._fields if name in claims}
            who = Identity(**names)
        except (jwt.PyJWTError, TypeError, ValueError, UnicodeError):
            raise TokenInvalid from None
        if now - LEEWAY_SECONDS > ends:
            raise TokenExpired
        if now + LEEWAY_SECONDS < starts or claims["sub"] != who.user_id:
            raise TokenInvalid
        return who
