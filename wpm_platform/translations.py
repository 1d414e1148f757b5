"""What the product says and how that reads elsewhere: collect the strings, merge their translations, find gaps.

Source strings are English. Each language has one file, sorted, without places or dates: a diff shows words only. Dutch
holds everything, the other languages of employees hold what employees read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from wpm_platform.employee_sources import employee_modules, employee_templates

DUTCH = "nl"
# %(name)s of Python and templates, {name} of the texts of mails.
FIELD = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""
PYTHON_FOLDERS = ("wpm_platform", "surveys", "reporting")
TEMPLATE_FOLDER = "templates"
TEMPLATE_ENDINGS = (".html", ".txt")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect_messages(root: Path) -> Catalog:
    """Every translatable string of the sources and templates under `root`, without translations."""
    templates = (path for path in sorted((root / TEMPLATE_FOLDER).rglob("*")) if path.suffix in TEMPLATE_ENDINGS)
    return _collected([*_modules(root), *_templates(templates)])


def collect_employee_messages(root: Path) -> Catalog:
    """The strings that employees may read, without translations."""
    return _collected([*employee_modules(root), *_templates(employee_templates(root))])


def _collected(sources: Iterable[str]) -> Catalog:
    catalog = Catalog()
    for source in sources:
        for _line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            catalog.add(text, context=context)
    return catalog


def _modules(root: Path) -> Iterator[str]:
    for folder in PYTHON_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.read_text()


def _templates(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        code = templatize(path.read_text(), origin=str(path))
        # Blanked-out markup keeps its indentation, which Python's tokenizer would take for blocks.
        yield "\n".join(line.lstrip() for line in code.splitlines())


def read_translations(paths: Iterable[Path], *, language: str = DUTCH) -> Catalog:
    """Translations from several files; a later file wins, and an empty translation never does."""
    together = Catalog(locale=language)
    for path in paths:
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        for message in catalog:
            if message.id and is_translated(message):
                together.delete(message.id, message.context)
                together.add(message.id, message.string, context=message.context)
    return together


def merge(messages: Catalog, translations: Catalog) -> Catalog:
    """The collected messages with their translations, in that language; what is no longer said falls away."""
    merged = Catalog(locale=translations.locale)
    for message in messages:
        if message.id:
            known = translations.get(message.id, message.context)
            string = known.string if known and _same_shape(known, message) else None
            merged.add(message.id, string, context=message.context)
    return merged


def _same_shape(known: Message, message: Message) -> bool:
    return isinstance(known.id, tuple) == isinstance(message.id, tuple)


def is_translated(message: Message) -> bool:
    return all(_strings(message)) and not message.fuzzy


def _strings(message: Message) -> tuple[str, ...]:
    found = message.string
    return tuple(str(form) for form in found) if isinstance(found, (tuple, list)) else (str(found or ""),)


def untranslated(catalog: Catalog) -> list[str]:
    """Message ids without a translation, in alphabetical order."""
    return sorted(_first_id(message) for message in catalog if message.id and not is_translated(message))


def unused(translations: Catalog, messages: Catalog) -> list[str]:
    """Message ids that have a translation but are said nowhere, in alphabetical order."""
    return sorted(
        _first_id(message) for message in translations if message.id and not messages.get(message.id, message.context)
    )


def differing_fields(catalog: Catalog) -> list[str]:
    """Message ids whose translation fills in other fields than the source does, in alphabetical order.

    A form that stands for one number only may leave the number out: "one minute".
    """
    return sorted(
        _first_id(message) for message in catalog if message.id and is_translated(message) and _differs(message)
    )


def _differs(message: Message) -> bool:
    if not isinstance(message.id, (tuple, list)):
        return _fields(_strings(message)[0]) != _fields(_first_id(message))
    asked = _fields(message.id[1])
    *few, many = (_fields(string) for string in _strings(message))
    return many != asked or any(found - asked for found in few)


def _fields(text: str) -> Counter[str]:
    return Counter(FIELD.findall(text))


def _first_id(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def catalog_text(catalog: Catalog) -> bytes:
    """The catalog as a .po file, with the plural rule of its language."""
    header = HEADER.format(language=catalog.locale_identifier, plurals=catalog.plural_forms.rstrip(";"))
    file = BytesIO()
    write_po(file, catalog, width=120, no_location=True, omit_header=True, sort_output=True)
    return header.encode() + file.getvalue().strip() + b"\n"


def compile_translations(source: Path, target: Path, *, language: str = DUTCH) -> None:
    """Write the .mo that gettext reads, in one step: a running server never meets half a file."""
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    replace_file(target, compiled.getvalue())


def replace_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f"{path.suffix}.new")
    beside.write_bytes(content)
    beside.replace(path)
