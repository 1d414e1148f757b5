"""Personal links never reach the logs."""

import logging

import pytest

from wpm_platform.logs import PersonalLinkFilter

TOKEN = "Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG0"


@pytest.mark.parametrize(
    ("message", "arguments", "expected"),
    [
        ("GET %s 404", (f"/r/{TOKEN}/",), "GET /r/…/ 404"),
        (f"Not Found: /r/{TOKEN}/stop/", (), "Not Found: /r/…/stop/"),
        ("GET %s 200", ("/o/voorbeeld/",), "GET /o/voorbeeld/ 200"),
    ],
)
def test_filter_hides_the_secret(message, arguments, expected):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, None)
    assert PersonalLinkFilter().filter(record) is True
    assert record.getMessage() == expected
