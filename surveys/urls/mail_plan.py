"""Addresses of a campaign's mail plan in the console; see docs/architecture.md."""

from django.urls import URLPattern, path

from surveys.views.campaigns import mail_batches, mail_closing, mail_plan

urlpatterns: list[URLPattern] = [
    path("campaigns/<uuid:code>/mail-plan/", mail_plan.campaign_mail_plan, name="campaign_mail_plan"),
    path("campaigns/<uuid:code>/mail-plan/<uuid:step>/", mail_plan.campaign_mail_step, name="campaign_mail_step"),
    path(
        "campaigns/<uuid:code>/mail-plan/<uuid:step>/skip/",
        mail_plan.campaign_mail_step_skip,
        name="campaign_mail_step_skip",
    ),
    path(
        "campaigns/<uuid:code>/mail-plan/<uuid:step>/restore/",
        mail_plan.campaign_mail_step_restore,
        name="campaign_mail_step_restore",
    ),
    path(
        "campaigns/<uuid:code>/mail-plan/closing/<int:number>/",
        mail_closing.campaign_mail_closing,
        name="campaign_mail_closing",
    ),
    path(
        "campaigns/<uuid:code>/mail-batches/<uuid:batch>/", mail_batches.campaign_mail_batch, name="campaign_mail_batch"
    ),
    path(
        "campaigns/<uuid:code>/mail-batches/<uuid:batch>/undo/",
        mail_batches.campaign_mail_batch_undo,
        name="campaign_mail_batch_undo",
    ),
]
