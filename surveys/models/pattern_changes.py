"""Work patterns given to many people at once."""

import uuid

from django.db import models

from surveys.models.staff import WorkPattern
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ALL, RowAccess


class PatternChange(TenantModel):
    """A group that got another work pattern, kept for a while so that it can be taken back.

    name: of the pattern then, empty when the group lost theirs. group: the filters of the staff list, in words.
    before: id of the pattern that people had, "0" for none → the ids of these people; emptied once undone.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pattern = models.ForeignKey(WorkPattern, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    group = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    people = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    row_access = RowAccess(hr=ALL)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.people} → {self.name or '–'}"
