"""Whether distances can be suggested, for the settings page."""

from django import template

from surveys.selectors.postcode_places import postcodes_are_loaded

register = template.Library()
register.simple_tag(postcodes_are_loaded)
