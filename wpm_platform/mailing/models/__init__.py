from wpm_platform.mailing.models.outgoing_mail import OutgoingMail
from wpm_platform.mailing.models.returns import AddressStop, DomainPause, MailEvent, WaitingReport

__all__ = ["AddressStop", "DomainPause", "MailEvent", "OutgoingMail", "WaitingReport"]
