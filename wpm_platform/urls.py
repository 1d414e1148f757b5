"""All addresses, put together from the apps. Composition only."""

from django.urls import include, path

from wpm_platform.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("account/", include("allauth.urls")),
    # path("", include("wpm_platform.organisations.urls")),   (start, organisation switch, language, member invitations)
]
