"""What the product says and how that reads in Dutch: collect the strings, merge their translations, find gaps.

Source strings are English. Dutch stands in one file, sorted, without places or dates: a diff shows words only.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

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
HEADER = """\
msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def collect_messages(root: Path) -> Catalog:
    """Every translatable string of the sources and templates under `root`, without translations."""
    catalog = Catalog(locale="nl")
    for source in _sources(root):
        for _line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            catalog.add(text, context=context)
    return catalog


def _sources(root: Path) -> Iterator[str]:
    for folder in PYTHON_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.read_text()
    for path in sorted((root / TEMPLATE_FOLDER).rglob("*")):
        if path.suffix in TEMPLATE_ENDINGS:
            code = templatize(path.read_text(), origin=str(path))
            # Blanked-out markup keeps its indentation, which Python's tokenizer would take for blocks.
            yield "\n".join(line.lstrip() for line in code.splitlines())


def read_translations(paths: Iterable[Path]) -> Catalog:
    """Dutch from several files; a later file wins, and an empty translation never does."""
    together = Catalog(locale="nl")
    for path in paths:
        with path.open("rb") as file:
            catalog = read_po(file, locale="nl")
        for message in catalog:
            if message.id and is_translated(message):
                together.delete(message.id, message.context)
                together.add(message.id, message.string, context=message.context)
    return together


def merge(messages: Catalog, translations: Catalog) -> Catalog:
    """The collected messages with their translations; what is no longer said falls away."""
    merged = Catalog(locale="nl")
    for message in messages:
        if message.id:
            known = translations.get(message.id, message.context)
            string = known.string if known and _same_shape(known, message) else None
            merged.add(message.id, string, context=message.context)
    return merged


def _same_shape(known: Message, message: Message) -> bool:
    return isinstance(known.id, tuple) == isinstance(message.id, tuple)


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def untranslated(catalog: Catalog) -> list[str]:
    """Message ids without Dutch, in alphabetical order."""
    return sorted(_first_id(message) for message in catalog if message.id and not is_translated(message))


def unused(translations: Catalog, messages: Catalog) -> list[str]:
    """Message ids that have Dutch but are said nowhere, in alphabetical order."""
    return sorted(
        _first_id(message) for message in translations if message.id and not messages.get(message.id, message.context)
    )


def _first_id(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def catalog_text(catalog: Catalog) -> bytes:
    """The catalog as a .po file."""
    file = BytesIO()
    write_po(file, catalog, width=120, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + file.getvalue().strip() + b"\n"


def compile_translations(source: Path, target: Path) -> None:
    """Write the .mo that gettext reads, in one step: a running server never meets half a file."""
    with source.open("rb") as file:
        catalog = read_po(file, locale="nl")
    compiled = BytesIO()
    write_mo(compiled, catalog)
    replace_file(target, compiled.getvalue())


def replace_file(path: Path, content: bytes) -> None:
    beside = path.with_suffix(f"{path.suffix}.new")
    beside.write_bytes(content)
    beside.replace(path)
