"""Which sources hold words that employees read: only these are translated into all languages of employees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# The templates that employees see begin here; those they extend and include are found from them.
TEMPLATES = (
    "respond/**/*.html",
    "employer/mail.html",
    "employer/link_asked.html",
    "employer/accessibility.html",
    "paper/entry/**/*.html",
    "emails/_survey.*",
    "emails/announcement/*",
    "emails/invitation/*",
    "emails/reminder/*",
    "emails/thanks/*",
    "emails/own_link/*",
    "emails/follow_up/*",
    "_problem.html",
    "400.html",
    "403_csrf.html",
    "404.html",
    "500.html",
)
MODULES = (
    "surveys/views/respond/**/*.py",
    "surveys/views/employer/**/*.py",
    "surveys/views/paper/entry/**/*.py",
    "surveys/services/responses/**/*.py",
    "surveys/forms/respond*.py",
    "surveys/forms/employer.py",
    "surveys/forms/paper_entry*.py",
    "surveys/services/default_texts.py",
    "surveys/services/letter_fields.py",
    "surveys/services/campaign_result_words.py",
)
# A module with labels for employees and for HR, and the classes in it that are for employees.
LABELS = Path("surveys/enums.py")
LABEL_CLASSES = ("Whereabouts", "Mode", "UsualMode", "Fuel", "MailStepKind", "ReadPage")
USED = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def employee_modules(root: Path) -> Iterator[str]:
    """The Python sources with words for employees; of the module of labels only their classes."""
    for pattern in MODULES:
        for path in sorted(root.glob(pattern)):
            yield path.read_text()
    if (root / LABELS).exists():
        yield from _label_classes((root / LABELS).read_text())


def employee_templates(root: Path) -> list[Path]:
    """The templates that employees see, with everything that those extend and include."""
    folder = root / "templates"
    waiting = [path for pattern in TEMPLATES for path in folder.glob(pattern) if path.is_file()]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found and path.exists():
            found.add(path)
            waiting += [folder / name for name in USED.findall(path.read_text())]
    return sorted(found)


def _label_classes(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name in LABEL_CLASSES:
            yield ast.get_source_segment(source, node) or ""
