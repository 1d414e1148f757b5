"""Template tags and filters that every page may use; loaded everywhere as builtins."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def console_url(context: template.Context, name: str, **kwargs: Any) -> str:
    """The address of a console page in the organisation at hand: `{% console_url 'staff_list' %}`."""
    return reverse(name, kwargs={"slug": context["request"].place.slug, **kwargs})
