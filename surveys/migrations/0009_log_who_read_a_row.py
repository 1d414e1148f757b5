import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who read a row, and as what: once an hour. Nothing was written to this table before."""

    dependencies = [
        ("surveys", "0008_take_patterns_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="personread",
            name="hour",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="personread",
            name="reader_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("owner", "Owner"),
                    ("hr_admin", "HR admin"),
                    ("site_lead", "Site lead"),
                    ("reader", "Reader"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="personread",
            index=models.Index(fields=["read_at"], name="surveys_personread_by_age"),
        ),
        migrations.AddConstraint(
            model_name="personread",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reader__isnull", False)),
                fields=("employee", "hour", "page", "reader"),
                name="surveys_personread_once_an_hour",
            ),
        ),
        migrations.AddConstraint(
            model_name="personread",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reader__isnull", True), ("reader_role", "")),
                fields=("employee", "hour", "page", "key_name"),
                name="surveys_personread_once_an_hour_by_key",
            ),
        ),
    ]
