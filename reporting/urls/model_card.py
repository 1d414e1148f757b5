"""Addresses of the model card of an estimate, and of the model that employers share, inside `/o/<slug>/`."""

from django.urls import URLPattern, path

from reporting.views.model_card import report_model_card, report_model_card_file, report_model_card_schema
from reporting.views.prior import settings_prior, settings_prior_consent, settings_prior_withdraw

_CARD = "reports/<uuid:code>/estimation/<uuid:run>/card/"

urlpatterns: list[URLPattern] = [
    path("reports/model-card.schema.json", report_model_card_schema, name="report_model_card_schema"),
    path(_CARD, report_model_card, name="report_model_card"),
    path(f"{_CARD}<str:file_format>/", report_model_card_file, name="report_model_card_file"),
    path("settings/shared-model/", settings_prior, name="settings_prior"),
    path("settings/shared-model/consent/", settings_prior_consent, name="settings_prior_consent"),
    path("settings/shared-model/withdraw/", settings_prior_withdraw, name="settings_prior_withdraw"),
]
