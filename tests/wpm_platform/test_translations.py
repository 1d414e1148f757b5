"""The Dutch interface is complete, and the tools that keep it so do what they say."""

import re
from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from wpm_platform.borrowed_words import SENTENCES
from wpm_platform.translations import (
    catalog_text,
    collect_messages,
    compile_translations,
    merge,
    read_translations,
    untranslated,
    unused,
)

DUTCH = Path(settings.BASE_DIR) / "wpm_platform" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
LIBRARY_DUTCH = [
    Path(str(module.__file__)).parent / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    for module in (allauth, django.conf, django.contrib.auth)
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def dutch() -> polib.POFile:
    return polib.pofile(str(DUTCH))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_string_has_dutch():
    merged = merge(collect_messages(settings.BASE_DIR), read_translations([DUTCH]))
    assert untranslated(merged) == []


def test_dutch_says_nothing_that_is_not_asked():
    assert unused(read_translations([DUTCH]), collect_messages(settings.BASE_DIR)) == []


def test_nothing_is_fuzzy_or_obsolete(dutch):
    assert [entry.msgid for entry in dutch if entry.fuzzy or entry.obsolete] == []


def test_placeholders_are_the_same(dutch):
    differing = []
    for entry in dutch:
        asked = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if any(set(PLACEHOLDER.findall(form)) != asked for form in forms(entry)[-1:]):
            differing.append(entry.msgid)
    assert differing == []


def test_borrowed_sentences_are_those_of_the_libraries():
    """A sentence that a library no longer says, or that is typed wrongly here, would leave the library's Dutch."""
    theirs = {entry.msgid for path in LIBRARY_DUTCH for entry in polib.pofile(str(path))}
    assert [sentence for sentence in SENTENCES if isinstance(sentence, str) and sentence not in theirs] == []


def test_no_stray_spaces(dutch):
    stray = [entry.msgid for entry in dutch for form in forms(entry) if "  " in form or form != form.strip()]
    assert stray == []


def test_voice(dutch):
    """No exclamation marks, and nobody is addressed as `u`."""
    loud = [form for entry in dutch for form in forms(entry) if "!" in form or re.search(r"\b(u|uw|U|Uw)\b", form)]
    assert loud == []


def test_the_compiled_file_is_in_step(dutch):
    compiled = polib.mofile(str(DUTCH.with_suffix(".mo")))
    texts = {(entry.msgctxt, entry.msgid): forms(entry) for entry in compiled}
    assert texts == {(entry.msgctxt, entry.msgid): forms(entry) for entry in dutch}


def test_a_page_reads_dutch():
    with override("nl"):
        assert gettext("Campaigns") == "Campagnes"
    with override("en"):
        assert gettext("Campaigns") == "Campaigns"


@pytest.fixture
def project(tmp_path):
    """A project of one module and one template."""
    for folder in ("wpm_platform/migrations", "surveys", "reporting", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "surveys" / "views.py").write_text(
        '_("Saved.")\npgettext_lazy("mode", "Car")\nngettext("%(n)s day", "%(n)s days", n)\n'
    )
    (tmp_path / "wpm_platform" / "migrations" / "0001.py").write_text('_("from a migration")\n')
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}\n<p class='x'>\n  {% translate \"Start\" %}\n"
        "    {% blocktranslate trimmed %}\n      Two\n      lines\n    {% endblocktranslate %}\n</p>\n"
        "{% blocktranslate count n=n %}{{ n }} page{% plural %}{{ n }} pages{% endblocktranslate %}\n"
    )
    return tmp_path


def test_collects_from_python_and_templates(project):
    ids = [(message.context, message.id) for message in collect_messages(project) if message.id]
    assert ids == [
        (None, "Saved."),
        ("mode", "Car"),
        (None, ("%(n)s day", "%(n)s days")),
        (None, "Start"),
        (None, "Two lines"),
        (None, ("%(n)s page", "%(n)s pages")),
    ]


def test_merging_keeps_dutch_and_drops_what_is_gone(project, tmp_path):
    earlier, later = tmp_path / "earlier.po", tmp_path / "later.po"
    earlier.write_text('msgid "Start"\nmsgstr "Begin"\n\nmsgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    later.write_text('msgid "Start"\nmsgstr "Start"\n\nmsgid "Saved."\nmsgstr ""\n', encoding="utf-8")
    messages, translations = collect_messages(project), read_translations([earlier, later])
    merged = merge(messages, translations)
    assert merged.get("Start").string == "Start"
    assert untranslated(merged) == ["%(n)s day", "%(n)s page", "Car", "Saved.", "Two lines"]
    assert unused(translations, messages) == ["Gone"]
    assert merged.get("Gone") is None


def test_the_file_is_the_same_when_written_twice(project, tmp_path):
    path = tmp_path / "nl.po"
    first = catalog_text(merge(collect_messages(project), read_translations([])))
    path.write_bytes(first)
    assert catalog_text(merge(collect_messages(project), read_translations([path]))) == first


def test_compiles_plurals(project, tmp_path):
    source, target = tmp_path / "nl.po", tmp_path / "nl.mo"
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dag"\nmsgstr[1] "%(n)s dagen"\n',
        encoding="utf-8",
    )
    compile_translations(source, target)
    assert [forms(entry) for entry in polib.mofile(str(target))] == [["%(n)s dag", "%(n)s dagen"]]


@pytest.fixture
def command(monkeypatch, project, settings, tmp_path):
    """`manage.py messages` on the small project; returns its Dutch file."""
    source = tmp_path / "django.po"
    source.write_text('msgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    settings.BASE_DIR = project
    monkeypatch.setattr("wpm_platform.management.commands.messages.SOURCE", source)
    monkeypatch.setattr("wpm_platform.management.commands.messages.COMPILED", tmp_path / "django.mo")
    return source


def test_command_reports_and_rewrites(command, capsys):
    call_command("messages")
    assert capsys.readouterr().out.splitlines() == [
        "said nowhere: Gone",
        "without Dutch: %(n)s day",
        "without Dutch: %(n)s page",
        "without Dutch: Car",
        "without Dutch: Saved.",
        "without Dutch: Start",
        "without Dutch: Two lines",
        "6 strings, 6 without Dutch",
    ]
    assert [entry.msgid for entry in polib.pofile(str(command))][-2:] == ["Start", "Two lines"]
    assert command.with_suffix(".mo").exists()


def test_command_checks_without_writing(command):
    before = command.read_bytes()
    with pytest.raises(CommandError, match="6 strings have no Dutch"):
        call_command("messages", check=True)
    assert command.read_bytes() == before


def test_command_compiles_what_stands_there(command):
    call_command("messages", compile=True)
    assert [entry.msgid for entry in polib.mofile(str(command.with_suffix(".mo")))] == ["Gone"]
