"""Every language is complete, and the tools that keep it so do what they say."""

import functools
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
import polib
import pytest
from babel.messages import Catalog
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, ngettext, override

from surveys.domain import dates_in_words, staff_file
from wpm_platform.borrowed_words import SENTENCES
from wpm_platform.translations import (
    catalog_text,
    collect_employee_messages,
    collect_messages,
    compile_translations,
    differing_fields,
    merge,
    read_translations,
    untranslated,
    unused,
)

LOCALE = Path(settings.BASE_DIR) / "wpm_platform" / "locale"
LANGUAGES = [code for code, _name in settings.EMPLOYEE_LANGUAGES if code != "en"]
# How each language counts: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
PLURAL_FORMS = {"nl": 2, "pl": 3, "de": 2, "ro": 3, "bg": 2, "uk": 3, "tr": 1, "ar": 6, "es": 2, "pt": 2, "fr": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# Names and signs that no language translates.
SAME_EVERYWHERE = {"Speed pedelec", "speed pedelec", "%(mode)s %(percentage)s %%", "%(reminder)s %(number)s"}
LETTERS = {"ar": "ARABIC", "bg": "CYRILLIC", "uk": "CYRILLIC"}
LIBRARY_DUTCH = [
    Path(str(module.__file__)).parent / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    for module in (allauth, django.conf, django.contrib.auth)
]


def source_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


DUTCH = source_of("nl")


@pytest.fixture(scope="module")
def dutch() -> polib.POFile:
    return polib.pofile(str(DUTCH))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.fixture(scope="module")
def words_of() -> Callable[[str], polib.POFile]:
    return functools.cache(lambda language: polib.pofile(str(source_of(language))))


@pytest.fixture(scope="module")
def asked_of() -> Callable[[str], Catalog]:
    """What a language has to say: Dutch everything, the others what employees read."""
    everything, of_employees = collect_messages(settings.BASE_DIR), collect_employee_messages(settings.BASE_DIR)
    return lambda language: everything if language == "nl" else of_employees


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_and_nothing_else(language, asked_of):
    asked, known = asked_of(language), read_translations([source_of(language)], language=language)
    assert untranslated(merge(asked, known)) == []
    assert unused(known, asked) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_obsolete(language, words_of):
    assert [entry.msgid for entry in words_of(language) if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language):
    assert differing_fields(read_translations([source_of(language)], language=language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_forms_of_its_language(language, words_of):
    words = words_of(language)
    counted = [entry for entry in words if entry.msgid_plural]
    assert counted
    assert f"nplurals={PLURAL_FORMS[language]};" in words.metadata["Plural-Forms"]
    assert {len(entry.msgstr_plural) for entry in counted} == {PLURAL_FORMS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_words_read_well_for_every_number(language):
    """Each number finds a form with the number in it, or one that can stand for this number only."""
    with override(language):
        for count in (0, 1, 2, 3, 5, 8, 11, 21, 22, 25, 100, 101):
            words = ngettext("%(count)s mail a year", "%(count)s mails a year", count) % {"count": count}
            assert str(count) in words or count <= 2, words


@pytest.mark.parametrize("language", LETTERS)
def test_a_language_is_written_in_its_own_letters(language, words_of):
    """A sentence of Latin letters only was forgotten, or pasted from elsewhere."""
    own = LETTERS[language]
    foreign = [
        entry.msgid
        for entry in words_of(language)
        for form in forms(entry)
        if form and not any(unicodedata.name(letter, "").startswith(own) for letter in form)
    ]
    assert foreign == [text for text in foreign if text in SAME_EVERYWHERE]


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {*LETTERS, "nl"}))
def test_no_sentence_is_left_in_english(language, words_of):
    """Words may be the same in two languages; a sentence is not."""
    same = [entry.msgid for entry in words_of(language) if entry.msgid == entry.msgstr and " " in entry.msgid]
    assert [text for text in same if len(re.sub(PLACEHOLDER, "", text).split()) > 2] == []


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"nl"}))
def test_employees_read_no_dutch_by_accident(language, words_of, dutch):
    known = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in dutch}
    same = [
        entry.msgid
        for entry in words_of(language)
        if entry.msgstr and len(entry.msgstr.split()) > 3 and entry.msgstr == known[entry.msgctxt, entry.msgid]
    ]
    assert same == []


def test_borrowed_sentences_are_those_of_the_libraries():
    """A sentence that a library no longer says, or that is typed wrongly here, would leave the library's Dutch."""
    theirs = {entry.msgid for path in LIBRARY_DUTCH for entry in polib.pofile(str(path))}
    assert [sentence for sentence in SENTENCES if isinstance(sentence, str) and sentence not in theirs] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stray_spaces(language, words_of):
    stray = [
        entry.msgid for entry in words_of(language) for form in forms(entry) if "  " in form or form != form.strip()
    ]
    assert stray == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language, words_of):
    assert [form for entry in words_of(language) for form in forms(entry) if re.search("[!¡！]", form)] == []


def test_nobody_is_addressed_as_u(dutch):
    assert [form for entry in dutch for form in forms(entry) if re.search(r"\b(u|uw|U|Uw)\b", form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_in_step(language, words_of):
    compiled = polib.mofile(str(source_of(language).with_suffix(".mo")))
    texts = {(entry.msgctxt, entry.msgid): forms(entry) for entry in compiled}
    assert texts == {(entry.msgctxt, entry.msgid): forms(entry) for entry in words_of(language)}


def test_employees_strings_are_those_of_their_pages_and_mails_only(asked_of):
    ids = {message.id for message in asked_of("pl")}
    assert {"Send my answers", "Bicycle or e-bike", "Is this mail real?", "Page not found"} <= ids
    assert not ids & {"Campaigns", "Staff list", "Headcount"}


def test_the_language_of_every_surroundings_is_the_same_list():
    """The staff file, dates and translations know the same languages as the settings."""
    codes = tuple(code for code, _name in settings.EMPLOYEE_LANGUAGES)
    assert codes == staff_file.LANGUAGES == dates_in_words.LANGUAGES
    assert {path.name for path in LOCALE.iterdir() if path.is_dir()} == {*codes} - {"en"}


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
    """`manage.py messages` on the small project, in Dutch and Polish; returns the folder of its translations."""
    folder = tmp_path / "locale"
    for language in ("nl", "pl"):
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
    (folder / "nl" / "LC_MESSAGES" / "django.po").write_text('msgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    (project / "templates" / "respond").mkdir()
    (project / "templates" / "respond" / "link.html").write_text('{% load i18n %}{% translate "Begin" %}')
    settings.BASE_DIR = project
    monkeypatch.setattr("wpm_platform.management.commands.messages.FOLDER", folder)
    monkeypatch.setattr("wpm_platform.management.commands.messages.LANGUAGES", ["nl", "pl"])
    return folder


def test_command_reports_and_rewrites(command, capsys):
    call_command("messages")
    assert capsys.readouterr().out.splitlines() == [
        "nl: said nowhere: Gone",
        "nl: not translated: %(n)s day",
        "nl: not translated: %(n)s page",
        "nl: not translated: Begin",
        "nl: not translated: Car",
        "nl: not translated: Saved.",
        "nl: not translated: Start",
        "nl: not translated: Two lines",
        "nl: 7 strings, 7 without a translation",
        "pl: not translated: Begin",
        "pl: 1 strings, 1 without a translation",
    ]
    for language, last in (("nl", "Two lines"), ("pl", "Begin")):
        source = command / language / "LC_MESSAGES" / "django.po"
        assert polib.pofile(str(source))[-1].msgid == last
        assert source.with_suffix(".mo").exists()


def write_words(folder: Path, language: str, **words: str) -> Path:
    """Fill in a language as its file stands after `manage.py messages`."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, entry.msgid_plural)
        else:
            entry.msgstr = words.get(entry.msgid, entry.msgid)
    file.save()
    return path


def test_check_asks_for_every_language(command):
    call_command("messages")
    write_words(command, "nl")
    call_command("messages")
    before = {path: path.read_bytes() for path in command.rglob("*.po")}
    with pytest.raises(CommandError) as refusal:
        call_command("messages", check=True)
    assert str(refusal.value) == f"1 strings have no translation: add them to {command}/pl/LC_MESSAGES/django.po."
    assert {path: path.read_bytes() for path in command.rglob("*.po")} == before


def test_check_is_content_with_complete_languages(command):
    call_command("messages")
    for language in ("nl", "pl"):
        write_words(command, language)
    call_command("messages")
    call_command("messages", check=True)


def test_check_refuses_other_fields_and_files_behind_the_sources(command, project, capsys):
    page = project / "templates" / "respond" / "link.html"
    page.write_text("{% load i18n %}{% blocktranslate %}From {{ day }}{% endblocktranslate %}")
    call_command("messages")
    write_words(command, "nl")
    path = write_words(command, "pl", **{"From %(day)s": "Od %(dnia)s"})
    call_command("messages")
    with pytest.raises(CommandError, match="1 translations fill in other fields than the source"):
        call_command("messages", check=True)
    assert "pl: fills in other fields: From %(day)s" in capsys.readouterr().out
    write_words(command, "pl", **{"From %(day)s": "Od %(day)s"})
    path.write_bytes(path.read_bytes() + b"\n# a line by hand\n")
    with pytest.raises(CommandError, match=r"django\.po is behind the sources: run manage\.py messages"):
        call_command("messages", check=True)


def test_command_compiles_what_stands_there(command):
    (command / "pl" / "LC_MESSAGES" / "django.po").write_text('msgid "Begin"\nmsgstr "Start"\n', encoding="utf-8")
    call_command("messages", compile=True)
    compiled = {path.parts[-3]: [entry.msgid for entry in polib.mofile(str(path))] for path in command.rglob("*.mo")}
    assert compiled == {"nl": ["Gone"], "pl": ["Begin"]}
