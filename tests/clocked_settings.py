"""Settings of worker processes whose clock a benchmark sets; everything else comes from the environment."""

import os

from tests.settings import *  # noqa: F403
from tests.simulated_clock import follow_clock

follow_clock(os.environ["TEST_CLOCK_FILE"])
