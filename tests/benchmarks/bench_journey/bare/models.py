"""One table, as small as it gets."""

from django.db import models


class Row(models.Model):
    choice = models.CharField(max_length=20)

    class Meta:
        app_label = "bare"
        db_table = "bench_journey_row"
