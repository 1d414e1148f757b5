from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MailingConfig(AppConfig):
    name = "wpm_platform.mailing"
    label = "mailing"

    def ready(self) -> None:
        from wpm_platform.mailing.services.queue_seal import seal_new_queue

        post_migrate.connect(seal_new_queue, sender=self)
