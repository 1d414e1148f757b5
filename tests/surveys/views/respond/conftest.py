from tests.surveys.views.respond.walk import open_now

__all__ = ["open_now"]
