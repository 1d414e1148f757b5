"""Who may open which page. A new page needs a row here, and a right on its view."""

import pytest

from tests.wpm_platform.world import CONSOLE_ROUTES, console_views, make_world
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.permissions import RIGHTS, Right

pytestmark = pytest.mark.django_db

EVERYBODY = "owner hr_admin site_lead reader"
WITHOUT_SITE_LEADS = "owner hr_admin reader"
WHO_SEE_STAFF = "owner hr_admin site_lead"
WHO_WORK = "owner hr_admin"
OWNERS = "owner"

WHO_MAY = {
    "console_start": EVERYBODY,
    "staff_list": WHO_SEE_STAFF,
    "staff_export": WHO_SEE_STAFF,
    "staff_person": WHO_SEE_STAFF,
    "staff_person_resend": WHO_WORK,
    "staff_person_stop": WHO_WORK,
    "staff_person_allow": WHO_WORK,
    "staff_person_pattern": WHO_WORK,
    "staff_patterns": WHO_WORK,
    "staff_pattern_new": WHO_WORK,
    "staff_pattern_group": WHO_WORK,
    "staff_pattern_undo": WHO_WORK,
    "staff_pattern": WHO_WORK,
    "staff_pattern_delete": WHO_WORK,
    "staff_example": WHO_WORK,
    "staff_import_new": WHO_WORK,
    "staff_import": WHO_WORK,
    "staff_import_progress": WHO_WORK,
    "staff_import_layout": WHO_WORK,
    "staff_import_columns": WHO_WORK,
    "staff_import_apply": WHO_WORK,
    "staff_import_cancel": WHO_WORK,
    "staff_import_errors": WHO_WORK,
    "campaign_list": EVERYBODY,
    "campaign_new": WHO_WORK,
    "campaign": EVERYBODY,
    "campaign_edit": WHO_WORK,
    "campaign_texts": EVERYBODY,
    "campaign_text": WHO_WORK,
    "campaign_test_mail": WHO_WORK,
    "campaign_start": WHO_WORK,
    "campaign_pause": WHO_WORK,
    "campaign_resume": WHO_WORK,
    "campaign_close": WHO_WORK,
    "campaign_follow_up": WHO_WORK,
    "campaign_result": WHO_WORK,
    "campaign_result_publish": WHO_WORK,
    "campaign_result_withdraw": WHO_WORK,
    "campaign_not_invited": WHO_SEE_STAFF,
    "campaign_paper": WHO_WORK,
    "campaign_paper_poster": WHO_WORK,
    "campaign_paper_list": WHO_WORK,
    "campaign_paper_list_poster": WHO_WORK,
    "campaign_paper_person": WHO_WORK,
    "campaign_work_list": WHO_SEE_STAFF,
    "campaign_work_address": WHO_WORK,
    "campaign_work_skip": WHO_WORK,
    "campaign_work_allow": WHO_WORK,
    "campaign_mail_plan": EVERYBODY,
    "campaign_mail_step": EVERYBODY,
    "campaign_mail_step_skip": WHO_WORK,
    "campaign_mail_step_restore": WHO_WORK,
    "campaign_mail_closing": WHO_WORK,
    "campaign_mail_batch": EVERYBODY,
    "campaign_mail_batch_undo": WHO_WORK,
    "campaign_retention": WITHOUT_SITE_LEADS,
    "campaign_retention_period": WHO_WORK,
    "campaign_retention_hold": WHO_WORK,
    "campaign_retention_lift": WHO_WORK,
    "settings_privacy": WITHOUT_SITE_LEADS,
    "settings_privacy_log": WITHOUT_SITE_LEADS,
    "settings_staff_details": WHO_WORK,
    "settings_notices": WITHOUT_SITE_LEADS,
    "headcount": WITHOUT_SITE_LEADS,
    "report_list": WITHOUT_SITE_LEADS,
    "report_open": WHO_WORK,
    "report_schema": WITHOUT_SITE_LEADS,
    "report_parameters": WITHOUT_SITE_LEADS,
    "report": WITHOUT_SITE_LEADS,
    "report_version": WITHOUT_SITE_LEADS,
    "report_compute": WHO_WORK,
    "report_campaign": WHO_WORK,
    "report_method": WHO_WORK,
    "report_registration_totals": WHO_WORK,
    "report_business": WHO_WORK,
    "report_business_file_new": WHO_WORK,
    "report_business_template": WHO_WORK,
    "report_business_file": WHO_WORK,
    "report_business_file_layout": WHO_WORK,
    "report_business_file_columns": WHO_WORK,
    "report_business_file_apply": WHO_WORK,
    "report_business_file_remove": WHO_WORK,
    "report_business_file_cancel": WHO_WORK,
    "report_business_file_errors": WHO_WORK,
    "report_cell": WITHOUT_SITE_LEADS,
    "report_checks": WITHOUT_SITE_LEADS,
    "report_finding_answer": WHO_WORK,
    "report_finding_reopen": WHO_WORK,
    "report_co2": WITHOUT_SITE_LEADS,
    "report_co2_factors": WHO_WORK,
    "report_freeze": WHO_WORK,
    "report_file": WHO_WORK,
    "report_reopen": WHO_WORK,
    "report_export": WITHOUT_SITE_LEADS,
    "report_model_card": WITHOUT_SITE_LEADS,
    "report_model_card_file": WITHOUT_SITE_LEADS,
    "report_model_card_schema": WITHOUT_SITE_LEADS,
    "report_estimation": WHO_WORK,
    "report_estimate_choice": WHO_WORK,
    "report_estimation_run": WITHOUT_SITE_LEADS,
    "report_estimation_progress": WITHOUT_SITE_LEADS,
    "report_estimation_cancel": WHO_WORK,
    "report_estimation_council": WHO_WORK,
    "report_estimation_council_run": WITHOUT_SITE_LEADS,
    "report_years": WITHOUT_SITE_LEADS,
    "report_years_export": WITHOUT_SITE_LEADS,
    "settings_general": WITHOUT_SITE_LEADS,
    "settings_edit": WHO_WORK,
    "settings_mail": WITHOUT_SITE_LEADS,
    "settings_mail_letter": WITHOUT_SITE_LEADS,
    "settings_legal_entity_new": WHO_WORK,
    "settings_legal_entity": WHO_WORK,
    "settings_site_new": WHO_WORK,
    "settings_site": WHO_WORK,
    "settings_members": WITHOUT_SITE_LEADS,
    "settings_member_invite": OWNERS,
    "settings_member": OWNERS,
    "settings_member_remove": OWNERS,
    "settings_member_withdraw": OWNERS,
    "settings_api_keys": OWNERS,
    "settings_api_key_new": OWNERS,
    "settings_api_key_revoke": OWNERS,
    "settings_prior": WITHOUT_SITE_LEADS,
    "settings_prior_consent": WHO_WORK,
    "settings_prior_withdraw": WHO_WORK,
    "settings_audit": WITHOUT_SITE_LEADS,
    "settings_council": WITHOUT_SITE_LEADS,
    "settings_council_pdf": WITHOUT_SITE_LEADS,
}

# Pages that more people may look at than change.
WHO_MAY_CHANGE = {"report_parameters": WHO_WORK, "staff_person": WHO_WORK, "campaign_mail_step": WHO_WORK}


def test_every_page_has_a_row_and_every_row_a_page():
    assert sorted(CONSOLE_ROUTES) == sorted(WHO_MAY)


def test_every_view_names_a_right():
    assert {name: getattr(view, "right", None) for name, view in console_views().items()} == {
        name: view.right for name, view in console_views().items() if view.right in Right
    }


def test_every_role_has_its_rights_written_down():
    assert set(RIGHTS) == set(MemberRole.values)


@pytest.mark.parametrize("role", MemberRole.values)
def test_role_opens_its_pages_and_no_others(client, role):
    world = make_world()
    client.force_login(world.people[role])
    refused = {route for route in CONSOLE_ROUTES if client.get(world.address(route)).status_code == 403}
    assert refused == {route for route in CONSOLE_ROUTES if role not in WHO_MAY[route].split()}


@pytest.mark.parametrize("role", MemberRole.values)
def test_role_changes_what_is_its_to_change(client, role):
    """The report is frozen: nobody enters a figure there, so that page refuses everybody's POST."""
    world = make_world()
    client.force_login(world.people[role])
    asked = CONSOLE_ROUTES.keys() - {"report_cell"}
    refused = {route for route in asked if client.post(world.address(route)).status_code == 403}
    assert refused == {route for route in asked if role not in WHO_MAY_CHANGE.get(route, WHO_MAY[route]).split()}


@pytest.mark.parametrize("role", MemberRole.values)
def test_pages_that_a_role_may_open_exist_for_it(client, role):
    world = make_world()
    client.force_login(world.people[role])
    allowed = [route for route in CONSOLE_ROUTES if role in WHO_MAY[route].split()]
    missing = [route for route in allowed if client.get(world.address(route)).status_code == 404]
    assert missing == []
