"""How long a domain is spared."""

import datetime

from wpm_platform.mailing.domain.throttle import pause_after, window_end, window_of

MINUTE = datetime.timedelta(minutes=1)


def test_pauses_double_up_to_an_hour():
    assert [pause_after(strikes=n) / MINUTE for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert pause_after(strikes=30_000) == 60 * MINUTE


def test_mails_are_counted_by_the_minute():
    moment = datetime.datetime(2026, 3, 16, 8, 59, 59, 999_999, tzinfo=datetime.UTC)
    assert window_of(moment) == datetime.datetime(2026, 3, 16, 8, 59, tzinfo=datetime.UTC)
    assert window_end(moment) == datetime.datetime(2026, 3, 16, 9, 0, tzinfo=datetime.UTC)
