"""What the mail server of a test answers, and when: one reply per stage of the conversation."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """The moments at which a mail server speaks, in the order in which they come."""

    BANNER = "banner"  # somebody connected; nothing was said yet
    EHLO = "EHLO"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"  # the command, before 354
    MESSAGE = "message"  # after the dot, before the reply


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One stage of one conversation. Recipient and Message-ID are empty until the client has told them.

    connection: its number since the start of the server. peer_port: the client's, which names its process.
    """

    stage: Stage
    connection: int
    peer_port: int
    sender: str = ""
    recipient: str = ""
    message_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """code 0: the usual one. is_dropped: cut the connection instead. As RFC 5321 asks, 421 ends the connection too."""

    code: int = 0
    text: str = "scripted reply"
    is_dropped: bool = False
    delay_seconds: float = 0

    @property
    def lets_pass(self) -> bool:
        return not self.code and not self.is_dropped


PASS = Reply()
DROP = Reply(is_dropped=True)
OnStage = Callable[[Visit], Reply]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`reply` at `stage`, for one recipient, one domain, or everybody.

    numbers: which of the visits that match get the reply, counted from 1; empty for all. A recipient is known
    from `Stage.RCPT` on.
    """

    stage: Stage
    reply: Reply
    recipient: str = ""
    domain: str = ""
    numbers: Collection[int] = ()

    def matches(self, visit: Visit) -> bool:
        return (
            visit.stage == self.stage
            and self.recipient in ("", visit.recipient)
            and self.domain in ("", visit.recipient.rpartition("@")[2])
        )


class Script:
    """Rules in order; the first that applies gives the reply. Every rule counts the visits that match it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = list(rules)
        self._matched = [0] * len(rules)

    def reply_to(self, visit: Visit) -> Reply:
        found = None
        for position, rule in enumerate(self._rules):
            if rule.matches(visit):
                self._matched[position] += 1
                applies = not rule.numbers or self._matched[position] in rule.numbers
                found = found or (rule.reply if applies else None)
        return found or PASS


def refuse(stage: Stage, code: int, *, text: str = "scripted reply", **who: str) -> Rule:
    """A rule that always answers with this code: `refuse(Stage.RCPT, 550, recipient="weg@voorbeeld.example")`."""
    return Rule(stage=stage, reply=Reply(code=code, text=text), **who)
