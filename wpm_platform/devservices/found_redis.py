"""A Redis server that already answers on this machine, and a database in it that nobody else uses."""

from wpm_platform.devservices.redis_wire import RedisRefused, RedisWire

STANDARD_PORT = 6379
# Database 0 is where every other project keeps its queue: a worker of ours would eat its tasks.
OUR_DATABASES = range(1, 16)
MARK = "wpm:devservices"


def found_redis(port: int = STANDARD_PORT) -> tuple[str | None, str]:
    """The address of an empty database, or of the one marked as ours, and how that went in a few words."""
    try:
        with RedisWire(port=port) as wire:
            for number in OUR_DATABASES:
                wire.ask("SELECT", str(number))
                if wire.ask("GET", MARK) or wire.ask("DBSIZE") == "0":
                    wire.ask("SET", MARK, "1")
                    return f"redis://127.0.0.1:{port}/{number}", f"port {port}, database {number}"
    except (OSError, RedisRefused) as refusal:
        return None, f"port {port}: {refusal}"
    return None, f"port {port}: databases {OUR_DATABASES.start} to {OUR_DATABASES.stop - 1} are all in use"


def mark_again(url: str) -> None:
    """Mark the database as ours after a run, because tests empty it."""
    address, _, number = url.rpartition("/")
    with RedisWire(port=int(address.rpartition(":")[2])) as wire:
        wire.ask("SELECT", number)
        wire.ask("SET", MARK, "1")
