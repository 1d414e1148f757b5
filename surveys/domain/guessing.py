"""How wrong codes are slowed down without ever locking out an office: arithmetic only, the counters stand in Redis."""

# Of one list, or of codes that are on no list, from one network address.
FREE_MISTAKES = 20
WINDOW_SECONDS = 600
# Beyond that one attempt in so many seconds is looked at; the others are told when to come back.
PAUSE_SECONDS = 5


def must_wait(*mistakes: int) -> bool:
    """Whether so many mistakes within the window are more than an office makes by itself."""
    return any(count >= FREE_MISTAKES for count in mistakes)
