"""A real SMTP server on loopback with scripted replies, for tests and benchmarks of the mail engine.

    with running_sink(rules=[Rule(stage=Stage.RCPT, reply=Reply(code=451), numbers=[1])]) as sink:
        …  # the product talks to 127.0.0.1, port sink.port
    assert [mail.recipient for mail in sink.accepted] == […]

`sink_process()` is the same in a process of its own, for measurements.
"""

from tests.mailing.sink.process import SinkProcess, sink_process
from tests.mailing.sink.script import DROP, PASS, Reply, Rule, Stage, Visit, refuse
from tests.mailing.sink.server import Accepted, Sink, running_sink

__all__ = [
    "DROP",
    "PASS",
    "Accepted",
    "Reply",
    "Rule",
    "Sink",
    "SinkProcess",
    "Stage",
    "Visit",
    "refuse",
    "running_sink",
    "sink_process",
]
