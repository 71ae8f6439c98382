"""Ways to write where a Matrix room is, with what they mean; and the same with a few characters wrong."""

import random

from pnm_launcher.matrix.room_address import MOST_SERVERS, RoomAddress

HASHED = "!" + "aB3-_" * 8 + "xyz"
ENCODED = "%23pub%2Fwe%3Fird%3Ahs.test"

SAME = [
    ("#team:hs.test", RoomAddress("#team:hs.test")),
    ("  #team:hs.test\n", RoomAddress("#team:hs.test")),
    ("%23team%3Ahs.test", RoomAddress("#team:hs.test")),
    ("#pub/we?ird:hs.test", RoomAddress("#pub/we?ird:hs.test")),
    ("#te am 🙂:hs.test:8448", RoomAddress("#te am 🙂:hs.test:8448")),
    ("!x:hs.test", RoomAddress("!x:hs.test")),
    ("!x:hs.test?via=a.org&via=b.org:80", RoomAddress("!x:hs.test", ("a.org", "b.org:80"))),
    (HASHED, RoomAddress(HASHED)),
    (f"{HASHED}?via=a.org", RoomAddress(HASHED, ("a.org",))),
    (f"%21{HASHED[1:]}?via=a.org", RoomAddress(HASHED, ("a.org",))),
    ("matrix:r/team:hs.test", RoomAddress("#team:hs.test")),
    ("MATRIX:R/team:hs.test?ACTION=JOIN", RoomAddress("#team:hs.test", join=True)),
    ("matrix:room/team:hs.test", RoomAddress("#team:hs.test")),
    ("matrix://authority/r/team:hs.test#fragment", RoomAddress("#team:hs.test")),
    (f"matrix:roomid/{HASHED[1:]}?via=a.org&action=join", RoomAddress(HASHED, ("a.org",), join=True)),
    ("matrix:roomid/x:hs.test/e/abc?via=a.org", RoomAddress("!x:hs.test", ("a.org",), "$abc")),
    ("matrix:roomid/x:hs.test/event/abc", RoomAddress("!x:hs.test", (), "$abc")),
    ("matrix:r/pub%2Fwe%3Fird:hs.test", RoomAddress("#pub/we?ird:hs.test")),
    ("matrix:r/a:b?action=chat&action=join&org.example.x=1", RoomAddress("#a:b", join=True)),
    ("matrix:r/a:b?action=join&action=chat", RoomAddress("#a:b")),
    ("https://matrix.to/#/#team:hs.test", RoomAddress("#team:hs.test")),
    ("https://matrix.to/#/%23team%3Ahs.test", RoomAddress("#team:hs.test")),
    (f"https://matrix.to/#/{ENCODED}?via=a.org", RoomAddress("#pub/we?ird:hs.test", ("a.org",))),
    ("https://matrix.to/#/#pub/weird:hs.test", RoomAddress("#pub/weird:hs.test")),
    ("https://matrix.to/#//!x:hs.test//", RoomAddress("!x:hs.test")),
    ("https://matrix.to/#/!x:hs.test/$e:hs.test?via=a.org", RoomAddress("!x:hs.test", ("a.org",), "$e:hs.test")),
    (f"https://matrix.to/#/{HASHED}/%24e?via=a.org", RoomAddress(HASHED, ("a.org",), "$e")),
    (f"https://matrix.to/#/%21{HASHED[1:]}/$e:hs.test", RoomAddress(HASHED, (), "$e:hs.test")),
    ("https://matrix.to/#/#a:b?client=element.io&web-instance[element.io]=x.org", RoomAddress("#a:b")),
    ("https://matrix.to/#/#a:b?via=" + "&via=".join(f"{n}.org" for n in range(14)),
     RoomAddress("#a:b", tuple(f"{n}.org" for n in range(MOST_SERVERS)))),
    ("!x:hs.test?via=a.org&via=a.org", RoomAddress("!x:hs.test", ("a.org",))),
]  # fmt: skip


def mangled(seed: int) -> str:
    """An address with a few characters of it replaced, removed or doubled."""
    chance = random.Random(seed)
    text = list(chance.choice(SAME)[0])
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text))
        text[place] = chance.choice(["", text[place] * 2, *"#!:/?&=%.@\\\0\n\u202e\ud800ä"])
    return "".join(text)
