"""Keeps personal links out of the logs."""

import logging
import re

PERSONAL_LINK = re.compile(r"(/r/)[A-Za-z0-9_\-]{8,}")


class PersonalLinkFilter(logging.Filter):
    """Replaces the secret part of a personal link in a log record by `…`."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/r/" in message:
            record.msg, record.args = PERSONAL_LINK.sub(r"\1…", message), ()
        return True
