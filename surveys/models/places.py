"""Where postcodes lie: public facts, the same for every organisation."""

from django.db import models


class PostcodePlace(models.Model):
    """The middle of a postcode area, of four digits or with letters. source: the file it was read from."""

    postcode = models.CharField(max_length=6, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.postcode
