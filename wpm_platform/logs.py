"""Keeps links that open something out of the logs."""

import logging
import re

# A personal link, and an invitation of a member; also inside `?next=%2F…`.
SECRET_LINK = re.compile(r"((?:/|%2F)(?:r|invitation)(?:/|%2F))[A-Za-z0-9_\-]{8,}", re.IGNORECASE)


class PersonalLinkFilter(logging.Filter):
    """Replaces the secret part of a link in a log record by `…`."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET_LINK.search(message):
            record.msg, record.args = SECRET_LINK.sub(r"\1…", message), ()
        return True
