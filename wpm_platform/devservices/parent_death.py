"""Children that end with their parent, even when the parent was killed and could not tell them."""

import ctypes
import signal

# prctl(2): PR_SET_PDEATHSIG. The C library is looked up here, because after a fork that is no longer safe.
_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl


def end_with_parent() -> None:
    """For `preexec_fn`: the kernel sends this process SIGTERM when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
