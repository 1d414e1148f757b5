"""Addresses of the model card of an estimate, inside `/o/<slug>/`."""

from django.urls import URLPattern, path

from reporting.views.model_card import report_model_card, report_model_card_file, report_model_card_schema

_CARD = "reports/<uuid:code>/estimation/<uuid:run>/card/"

urlpatterns: list[URLPattern] = [
    path("reports/model-card.schema.json", report_model_card_schema, name="report_model_card_schema"),
    path(_CARD, report_model_card, name="report_model_card"),
    path(f"{_CARD}<str:file_format>/", report_model_card_file, name="report_model_card_file"),
]
