"""One change of the staff list as a whole at a time: imports and systems wait for each other."""

from wpm_platform.organisations.models import Organisation


def lock_staff_list(organisation: Organisation) -> None:
    """Hold the staff list until the end of the transaction. Reading and answering go on."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
