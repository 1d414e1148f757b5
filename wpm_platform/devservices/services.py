"""The two services a command needs, from wherever the choice allows."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from wpm_platform.devservices.account import server_account
from wpm_platform.devservices.choice import Choice
from wpm_platform.devservices.folders import services_folder
from wpm_platform.devservices.found_postgresql import found_postgresql
from wpm_platform.devservices.found_redis import found_redis, mark_again
from wpm_platform.devservices.lease import leased
from wpm_platform.devservices.own_postgresql import prepare_postgresql, start_postgresql
from wpm_platform.devservices.own_redis import prepare_redis, start_redis
from wpm_platform.devservices.programs import postgresql_programs, psql, redis_programs
from wpm_platform.devservices.report import say


@contextmanager
def services(choice: Choice) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers that answer; own ones stop when their last user leaves.

    Raises NoServer, ServerDidNotStart or FolderNotOurs.
    """
    with ExitStack() as stack:
        database_url = stack.enter_context(_postgresql(choice))
        redis_url = stack.enter_context(_redis(choice))
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@contextmanager
def _postgresql(choice: Choice) -> Iterator[str]:
    reason = f"asked for: {choice}"
    if choice is Choice.AUTO:
        given = os.environ.get("DATABASE_URL")
        if given:
            say("PostgreSQL: the one that DATABASE_URL names.")
            yield given
            return
        asking = psql()
        found, reason = found_postgresql(asking) if asking else (None, "no psql to ask with")
        if found:
            say(f"PostgreSQL: already running, {reason}.")
            yield found
            return
    programs = postgresql_programs(choice)
    account = server_account()
    with leased(
        services_folder(account) / f"postgresql-{choice}-{os.geteuid()}",
        start=partial(start_postgresql, programs=programs, account=account, reason=reason),
        prepare=partial(prepare_postgresql, psql=programs.path("psql")),
    ) as url:
        yield url


@contextmanager
def _redis(choice: Choice) -> Iterator[str]:
    reason = f"asked for: {choice}"
    if choice is Choice.AUTO:
        given = os.environ.get("REDIS_URL")
        if given:
            say("Redis: the one that REDIS_URL names.")
            yield given
            return
        found, reason = found_redis()
        if found:
            say(f"Redis: already running, {reason}.")
            try:
                yield found
            finally:
                mark_again(found)
            return
    programs = redis_programs(choice)
    account = server_account()
    with leased(
        services_folder(account) / f"redis-{choice}-{os.geteuid()}",
        start=partial(start_redis, programs=programs, account=account, reason=reason),
        prepare=prepare_redis,
    ) as url:
        yield url
