from django.db import migrations, models


class Migration(migrations.Migration):
    """How often an employee's address changed, and at which number each answer was given."""

    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="employee",
            name="address_changes",
            field=models.PositiveSmallIntegerField(db_default=0, editable=False),
        ),
        *(
            migrations.AddField(
                model_name=model,
                name="address_changes",
                field=models.PositiveSmallIntegerField(default=0, editable=False),
            )
            for model in ("response", "travelprofile", "vehiclefacts")
        ),
    ]
