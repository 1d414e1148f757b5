"""Addresses of the settings, inside `/o/<slug>/`."""

from django.urls import path

from wpm_platform.organisations.views import api_keys, audit, members, settings

urlpatterns = [
    path("settings/", settings.settings_general, name="settings_general"),
    path("settings/edit/", settings.settings_edit, name="settings_edit"),
    path("settings/entities/new/", settings.settings_legal_entity_new, name="settings_legal_entity_new"),
    path("settings/entities/<uuid:code>/", settings.settings_legal_entity, name="settings_legal_entity"),
    path("settings/sites/new/", settings.settings_site_new, name="settings_site_new"),
    path("settings/sites/<uuid:code>/", settings.settings_site, name="settings_site"),
    path("settings/members/", members.settings_members, name="settings_members"),
    path("settings/members/invite/", members.settings_member_invite, name="settings_member_invite"),
    path("settings/members/<uuid:code>/", members.settings_member, name="settings_member"),
    path("settings/members/<uuid:code>/remove/", members.settings_member_remove, name="settings_member_remove"),
    path(
        "settings/invitations/<uuid:code>/withdraw/",
        members.settings_member_withdraw,
        name="settings_member_withdraw",
    ),
    path("settings/api-keys/", api_keys.settings_api_keys, name="settings_api_keys"),
    path("settings/api-keys/new/", api_keys.settings_api_key_new, name="settings_api_key_new"),
    path("settings/api-keys/<uuid:code>/revoke/", api_keys.settings_api_key_revoke, name="settings_api_key_revoke"),
    path("settings/audit/", audit.settings_audit, name="settings_audit"),
]
