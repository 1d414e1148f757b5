from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailing", "0003_find_next_mail"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "awaiting_retry"])),
                fields=["organisation", "recipient_domain", "due_at", "id"],
                name="mailing_outgoingmail_domain",
            ),
        ),
    ]
