"""Retries are a function of the reply and the attempt."""

import datetime

import pytest

from wpm_platform.mailing.domain.retries import verdict

MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("smtp_code", "attempts", "expected"),
    [
        (550, 1, None),
        (554, 3, None),
        (421, 1, 5 * MINUTE),
        (451, 2, 30 * MINUTE),
        (450, 3, 240 * MINUTE),
        (450, 4, None),
        (None, 1, 5 * MINUTE),
        (None, 4, None),
    ],
)
def test_verdict(smtp_code, attempts, expected):
    assert verdict(smtp_code=smtp_code, attempts=attempts).retry_after == expected
