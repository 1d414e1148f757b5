from wpm_platform.mailing.models.outgoing_mail import OutgoingMail

__all__ = ["OutgoingMail"]
