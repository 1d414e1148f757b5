"""Addresses of campaigns in the console; see docs/architecture.md."""

from django.urls import URLPattern, path

from surveys.views.campaigns import editing, follow_up, overview, people, result, states, texts, work_list

urlpatterns: list[URLPattern] = [
    path("campaigns/", overview.campaign_list, name="campaign_list"),
    path("campaigns/new/", editing.campaign_new, name="campaign_new"),
    path("campaigns/<uuid:code>/", overview.campaign, name="campaign"),
    path("campaigns/<uuid:code>/edit/", editing.campaign_edit, name="campaign_edit"),
    path("campaigns/<uuid:code>/texts/", texts.campaign_texts, name="campaign_texts"),
    path("campaigns/<uuid:code>/texts/<str:language>/<str:kind>/", texts.campaign_text, name="campaign_text"),
    path(
        "campaigns/<uuid:code>/texts/<str:language>/<str:kind>/test-mail/",
        texts.campaign_test_mail,
        name="campaign_test_mail",
    ),
    path("campaigns/<uuid:code>/start/", states.campaign_start, name="campaign_start"),
    path("campaigns/<uuid:code>/pause/", states.campaign_pause, name="campaign_pause"),
    path("campaigns/<uuid:code>/resume/", states.campaign_resume, name="campaign_resume"),
    path("campaigns/<uuid:code>/close/", states.campaign_close, name="campaign_close"),
    path("campaigns/<uuid:code>/result/", result.campaign_result, name="campaign_result"),
    path("campaigns/<uuid:code>/result/publish/", result.campaign_result_publish, name="campaign_result_publish"),
    path("campaigns/<uuid:code>/result/withdraw/", result.campaign_result_withdraw, name="campaign_result_withdraw"),
    path("campaigns/<uuid:code>/follow-up/", follow_up.campaign_follow_up, name="campaign_follow_up"),
    path("campaigns/<uuid:code>/not-invited/<str:reason>/", people.campaign_not_invited, name="campaign_not_invited"),
    path("campaigns/<uuid:code>/work-list/", work_list.campaign_work_list, name="campaign_work_list"),
    path(
        "campaigns/<uuid:code>/work-list/<uuid:invitation>/address/",
        work_list.campaign_work_address,
        name="campaign_work_address",
    ),
    path(
        "campaigns/<uuid:code>/work-list/<uuid:invitation>/skip/",
        work_list.campaign_work_skip,
        name="campaign_work_skip",
    ),
    path(
        "campaigns/<uuid:code>/work-list/<uuid:invitation>/allow/",
        work_list.campaign_work_allow,
        name="campaign_work_allow",
    ),
]
