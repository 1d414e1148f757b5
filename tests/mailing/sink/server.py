"""The mail server of a test: real SMTP on a port of 127.0.0.1, in a thread, that remembers what it accepted."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from tests.mailing.sink.conversation import Conversation
from tests.mailing.sink.script import PASS, OnStage, Reply, Rule, Script, Stage, Visit

AT_ONCE = 32


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A mail that was answered with 250. headers: by the name that the client wrote. at: seconds since 1970."""

    message_id: str
    recipient: str
    sender: str
    headers: dict[str, str]
    at: float
    content: bytes = b""


class Sink:
    """Start it, point the product at its port, look at `accepted`.

    rules: scripted replies. on_stage: is asked when no rule speaks; it runs in a thread of its own and may
    take its time (wait for the test, kill the client), for its answer is what the client waits for. A client
    that is gone by then is not answered, and its mail is not accepted. delay_seconds: before each 250 of a mail.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Rule] = (),
        on_stage: OnStage | None = None,
        delay_seconds: float = 0,
        keeps_content: bool = False,
        port: int = 0,
    ) -> None:
        self.port = port
        self.accepted: list[Accepted] = []
        self.visits: Counter[Stage] = Counter()
        self._script, self._on_stage, self._delay_seconds = Script(rules), on_stage, delay_seconds
        self._keeps_content = keeps_content
        self._conversations: WeakSet[Conversation] = WeakSet()
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> "Sink":
        self._thread = threading.Thread(target=self._run, name="sink", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def stop(self) -> None:
        """Hang up on everybody and free the port; the same port can be used again at once."""
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join()

    @property
    def connections(self) -> int:
        return self.visits[Stage.BANNER]

    @property
    def message_ids(self) -> dict[str, set[str]]:
        """The Message-IDs that each recipient got."""
        found: dict[str, set[str]] = {}
        for mail in list(self.accepted):
            found.setdefault(mail.recipient, set()).add(mail.message_id)
        return found

    def next_connection(self, conversation: Conversation) -> int:
        self._conversations.add(conversation)
        return self.connections + 1

    async def reply_to(self, visit: Visit) -> Reply:
        self.visits[visit.stage] += 1
        reply = self._script.reply_to(visit)
        if reply is PASS and self._on_stage is not None:
            reply = await self._loop.run_in_executor(self._executor, self._on_stage, visit)
        delay = reply.delay_seconds + (self._delay_seconds if visit.stage == Stage.MESSAGE else 0)
        if delay:
            await asyncio.sleep(delay)
        return reply

    def accept(self, visit: Visit, content: bytes) -> None:
        self.accepted.append(
            Accepted(
                message_id=visit.message_id,
                recipient=visit.recipient,
                sender=visit.sender,
                headers=visit.headers,
                at=time.time(),
                content=content if self._keeps_content else b"",
            )
        )

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        self._executor = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="sink")
        self._loop.set_exception_handler(_stay_silent)
        server = await self._loop.create_server(
            lambda: Conversation(self, loop=self._loop), "127.0.0.1", self.port, reuse_address=True
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopped.wait()
        server.close()
        for conversation in list(self._conversations):
            conversation.hang_up()
        await server.wait_closed()
        self._executor.shutdown(wait=False, cancel_futures=True)


def _stay_silent(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A client that was killed in mid-sentence is what these tests are about, and no news."""


@contextmanager
def running_sink(**options: Any) -> Iterator[Sink]:
    """`with running_sink(rules=[refuse(Stage.RCPT, 550)]) as sink:` — the options of `Sink`."""
    sink = Sink(**options).start()
    try:
        yield sink
    finally:
        sink.stop()
