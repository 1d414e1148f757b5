"""`manage.py migrate` on a server that has none of our roles yet."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db(transaction=True)
def test_migrating_needs_no_role_that_it_makes_itself():
    options = connection.settings_dict["OPTIONS"]
    role = options["assume_role"]
    options["assume_role"] = "wpm_role_of_a_new_server"
    connection.close()
    try:
        call_command("migrate", verbosity=0, skip_checks=False)
        assert options["assume_role"] == "wpm_role_of_a_new_server"
    finally:
        options["assume_role"] = role
        connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (role,)
