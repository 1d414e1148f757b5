"""`manage.py messages`: collect what the product says, keep its translations beside it, compile."""

import argparse
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wpm_platform.translations import (
    DUTCH,
    catalog_text,
    collect_employee_messages,
    collect_messages,
    compile_translations,
    differing_fields,
    merge,
    read_translations,
    replace_file,
    untranslated,
    unused,
)

FOLDER = Path(settings.BASE_DIR) / "wpm_platform" / "locale"
# The sources are English. Dutch has every string, the others have what employees read.
LANGUAGES = [code for code, _name in settings.EMPLOYEE_LANGUAGES if code != "en"]


class Command(BaseCommand):
    help = "Collect the product's strings into the translation files and compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--compile", action="store_true", help="only compile the translation files")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a translation is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            for language in LANGUAGES:
                _compile(language)
            return
        everything = collect_messages(Path(settings.BASE_DIR))
        of_employees = collect_employee_messages(Path(settings.BASE_DIR))
        faults = []
        for language in LANGUAGES:
            merged = self._merged(everything if language == DUTCH else of_employees, language=language)
            if options["check"]:
                faults += _faults(merged, language=language)
                continue
            replace_file(_source(language), catalog_text(merged))
            _compile(language)
            self.stdout.write(f"{language}: {len(merged)} strings, {len(untranslated(merged))} without a translation")
        if faults:
            raise CommandError("\n".join(faults))

    def _merged(self, messages: Catalog, *, language: str) -> Catalog:
        source = _source(language)
        translations = read_translations([source] if source.exists() else [], language=language)
        merged = merge(messages, translations)
        for text in unused(translations, messages):
            self.stdout.write(f"{language}: said nowhere: {text}")
        for text in untranslated(merged):
            self.stdout.write(f"{language}: not translated: {text}")
        for text in differing_fields(merged):
            self.stdout.write(f"{language}: fills in other fields: {text}")
        return merged


def _faults(merged: Catalog, *, language: str) -> list[str]:
    """What keeps a language from being used."""
    source = _source(language)
    missing, differing = len(untranslated(merged)), len(differing_fields(merged))
    if missing:
        return [f"{missing} strings have no translation: add them to {source}."]
    if differing:
        return [f"{differing} translations fill in other fields than the source: change them in {source}."]
    if source.read_bytes() != catalog_text(merged):
        return [f"{source} is behind the sources: run manage.py messages."]
    return []


def _source(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def _compile(language: str) -> None:
    compile_translations(_source(language), _source(language).with_suffix(".mo"), language=language)
