"""The parts that pages are put together from: a field, the error summary, pages of a list, bars."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the contract.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="I agree")
    remark = forms.CharField(label="Remark", required=False)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def field(name: str, form: forms.Form | None = None, **context) -> str:
    return render_to_string("console/_field.html", {"field": (form or ExampleForm())[name], **context})


def test_label_and_help_belong_to_the_field():
    html = field("name")
    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">As on the contract.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "aria-invalid" not in html


def test_error_is_tied_to_the_field():
    html = field("name", ExampleForm({}))
    assert '<ul class="errorlist" id="id_name_error"><li>This field is required.</li></ul>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_choices_are_a_group_with_a_legend():
    html = field("kind")
    assert html.split("<legend>")[1].startswith("Kind</legend>")
    assert html.count('type="radio"') == 2


def test_checkbox_stands_before_its_label():
    html = field("agrees")
    assert html.index("<input") < html.index("<label")


def test_optional_fields_say_so_unless_quiet():
    assert "(optional)" in field("remark")
    assert "(optional)" not in field("remark", quiet=True)
    assert "(optional)" not in field("name")


def test_what_was_typed_is_shown_again_and_escaped():
    html = field("name", ExampleForm({"name": "<script>"}))
    assert 'value="&lt;script&gt;"' in html


def test_error_summary_links_to_each_field():
    html = render_to_string("console/_form_errors.html", {"form": ExampleForm({})})
    links = [part.split('"')[0] for part in html.split('href="')[1:]]
    assert links == ["#id_name", "#id_kind", "#id_agrees"]
    assert 'tabindex="-1"' in html


def test_no_summary_without_errors():
    form = ExampleForm({"name": "x", "kind": "a", "agrees": "on"})
    assert render_to_string("console/_form_errors.html", {"form": form}).strip() == ""


def test_pages_keep_search_and_filters():
    request = RequestFactory().get("/staff/", {"q": "jansen", "page": "2"})
    page = Paginator(range(120), 50).page(2)
    html = render_to_string("console/_pagination.html", {"page": page}, request)
    assert "51 to 100 of 120" in html
    assert 'rel="prev" href="?q=jansen&amp;page=1"' in html
    assert 'rel="next" href="?q=jansen&amp;page=3"' in html


def test_an_empty_list_has_no_pages():
    request = RequestFactory().get("/staff/")
    html = render_to_string("console/_pagination.html", {"page": Paginator([], 50).page(1)}, request)
    assert html.strip() == ""


def test_bars_draw_observed_and_estimated_apart_and_say_the_figures():
    bar = {
        "code": "car",
        "label": "Car",
        "share": 61.5,
        "value": 1284000,
        "observed_share": 40,
        "estimated_share": 21.5,
    }
    with override("nl"):
        html = render_to_string("console/_mode_bars.html", {"title": "Modes", "unit": "km", "bars": [bar]})
    assert '<rect class="mode-car" width="61.5%"' in html
    assert '<rect class="bar-estimated" x="40%" width="21.5%"' in html
    assert '<td class="number">1.284.000</td>' in html
    assert 'role="img"' in html
    assert "style=" not in html
