from django.db import migrations, models

# The key of the campaign and its promise together: while a response points to both, neither changes, and a first
# answer and a change at the same moment wait for each other. Django has no foreign key over two columns.
KEEP_THE_PROMISE = """
    ALTER TABLE surveys_campaign ADD CONSTRAINT surveys_campaign_promise UNIQUE (id, is_confidential);
    ALTER TABLE surveys_response ADD CONSTRAINT surveys_response_keeps_promise
        FOREIGN KEY (campaign_id, is_confidential) REFERENCES surveys_campaign (id, is_confidential);
"""
FORGET_IT = """
    ALTER TABLE surveys_response DROP CONSTRAINT surveys_response_keeps_promise;
    ALTER TABLE surveys_campaign DROP CONSTRAINT surveys_campaign_promise;
"""


class Migration(migrations.Migration):
    """The promise of confidentiality, frozen by the first answer."""

    dependencies = [("surveys", "0009_log_who_read_a_row")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="is_confidential",
                field=models.BooleanField(db_default=True, default=True, editable=False),
            )
            for model in ("campaign", "response")
        ),
        migrations.RunSQL(KEEP_THE_PROMISE, FORGET_IT),
    ]
