"""The hours in which survey mail may leave, from the settings."""

from surveys.selectors.mail_settings import mail_hours

__all__ = ["mail_hours"]
