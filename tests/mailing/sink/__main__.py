"""`python -m tests.mailing.sink`: see `process`."""

import sys

from tests.mailing.sink.process import main

main(sys.argv[1:])
