"""What is known of a chat room, in words."""

from dataclasses import dataclass

from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.announcement import AnnouncedMeeting
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.entering import looked_around
from pnm_launcher.matrix.ids import shown
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.rooms import RoomSummary
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.texts import plain

_LONGEST_NAME, _LONGEST_TOPIC, _LONGEST_ID = 120, 280, 24


@dataclass(frozen=True, slots=True)
class Seen:
    """A room as it looks now to an account; `successor` and `meeting` are known only from inside."""

    account: MatrixAccount
    address: RoomAddress
    summary: RoomSummary
    successor: RoomAddress | None = None
    meeting: AnnouncedMeeting | None = None


def look(client: MatrixClient, account: MatrixAccount, address: RoomAddress) -> Seen:
    """Ask the server. It may take seconds: never call it on the GUI thread."""
    summary = client.summary(address)
    if summary.way != "open":
        return Seen(account, address, summary)
    around = looked_around(client, summary.room_id)
    return Seen(account, address, summary, around.successor, around.meeting)


def name_of(seen: Seen) -> str:
    """The room's name, safe to show; its address where it has none."""
    return plain(seen.summary.name, _LONGEST_NAME) or short(seen.address)


def place_of(seen: Seen) -> str:
    alias = seen.summary.alias
    return shown(alias) if alias and alias != seen.address.room else short(seen.address)


def short(address: RoomAddress) -> str:
    """An alias in full, and of an id as much as tells it from others at a glance."""
    text = address.shown
    return text if address.is_alias or len(text) <= _LONGEST_ID else f"{text[:_LONGEST_ID]}…"


def topic_of(seen: Seen) -> str:
    return plain(seen.summary.topic, _LONGEST_TOPIC)


def facts_of(seen: Seen) -> str:
    """Members, who may enter, and encryption, as far as the server tells."""
    summary = seen.summary
    facts = [tr("A space, which groups rooms")] if summary.is_space else []
    if summary.members is not None:
        facts.append(tr("1 member") if summary.members == 1
                     else tr("{count} members").format(count=summary.members))  # fmt: skip
    if rule := _rule(summary.join_rule):
        facts.append(rule)
    if summary.encrypted is not None:
        facts.append(tr("Encrypted") if summary.encrypted else tr("Not encrypted"))
    return " · ".join(facts)


def advice_on(seen: Seen) -> str:
    """What to do where there is more to it than a click, "" where there is not."""
    if seen.successor:
        return tr("This room has moved: people write in another room now.")
    words = {
        "open": "",
        "join": tr("You are invited.") if seen.summary.membership == "invite" else "",
        "knock": tr("Somebody in the room decides whether you may come in."),
        "waiting": tr("You have asked to join. As soon as somebody lets you in, an invitation appears here."),
        "invited only": tr("Ask somebody in the room to invite {user}; the invitation then appears here.").format(
            user=plain(seen.account.user_id, 80)
        ),
        "banned": tr("You were banned from this room. A moderator of the room can lift the ban."),
    }
    return words[seen.summary.way]


def _rule(join_rule: str) -> str:
    rules = {
        "public": tr("Anybody may join"),
        "knock": tr("One asks to join"),
        "invite": tr("Only with an invitation"),
        "private": tr("Only with an invitation"),
        "restricted": tr("For members of certain rooms"),
        "knock_restricted": tr("For members of certain rooms; others ask to join"),
    }
    return rules.get(join_rule, "")
