"""`manage.py messages`: collect what the product says, keep the Dutch beside it, compile."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wpm_platform.translations import (
    catalog_text,
    collect_messages,
    compile_translations,
    merge,
    read_translations,
    replace_file,
    untranslated,
    unused,
)

SOURCE = Path(settings.BASE_DIR) / "wpm_platform" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")


class Command(BaseCommand):
    help = "Collect the product's strings into the Dutch translation file and compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--compile", action="store_true", help="only compile the translation file")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a string lacks Dutch")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            compile_translations(SOURCE, COMPILED)
            return
        messages = collect_messages(Path(settings.BASE_DIR))
        translations = read_translations([SOURCE])
        merged = merge(messages, translations)
        for text in unused(translations, messages):
            self.stdout.write(f"said nowhere: {text}")
        for text in untranslated(merged):
            self.stdout.write(f"without Dutch: {text}")
        if options["check"]:
            self._check(merged=catalog_text(merged), count=len(untranslated(merged)))
            return
        replace_file(SOURCE, catalog_text(merged))
        compile_translations(SOURCE, COMPILED)
        self.stdout.write(f"{len(merged)} strings, {len(untranslated(merged))} without Dutch")

    def _check(self, *, merged: bytes, count: int) -> None:
        if count:
            raise CommandError(f"{count} strings have no Dutch: add them to {SOURCE}.")
        if SOURCE.read_bytes() != merged:
            raise CommandError(f"{SOURCE} is behind the sources: run manage.py messages.")
