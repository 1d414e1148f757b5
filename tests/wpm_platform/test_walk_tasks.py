"""Every task that somebody hands to the background exists."""

import ast
from pathlib import Path

from celery import current_app
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def enqueued_names():
    """Task name → where it is handed over: named on the spot, in a constant of the module, or through `_enqueue`."""
    found = {}
    for folder in ("wpm_platform", "surveys", "reporting"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            passing_on = {id(inner) for node in ast.walk(tree) if is_passing_on(node) for inner in ast.walk(node)}
            for node in ast.walk(tree):
                if is_enqueueing(node) and id(node) not in passing_on:
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    names = texts_in(node.args[0]) or texts_in(constant_of(node.args[0], tree))
                    assert names, f"{place} hands over a task that this walk cannot read"
                    found |= dict.fromkeys(names, place)
    return found


def texts_in(node):
    """The plain texts in a value; in a dictionary those on the right of the colons."""
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in texts_in(value)]
    if isinstance(node, ast.List):
        return [text for element in node.elts for text in texts_in(element)]
    return [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)]


def constant_of(node, tree):
    """The module-level value behind `NAME` or `NAMES[key]`."""
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    assigned = [
        statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and {getattr(target, "id", "") for target in statement.targets} & names
    ]
    return ast.List(elts=assigned)


def is_passing_on(node):
    return isinstance(node, ast.FunctionDef) and node.name == "_enqueue"


def is_enqueueing(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("enqueue", "_enqueue")


def registered_names():
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def test_every_enqueued_task_is_registered():
    names = enqueued_names()
    assert "organisations.tick" in names
    assert {name: place for name, place in names.items() if name not in registered_names()} == {}


def test_every_scheduled_task_is_registered():
    current_app.finalize()
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert scheduled - registered_names() == set()


def test_task_names_say_whose_they_are():
    assert {name.split(".")[0] for name in registered_names()} <= {"organisations", "mailing", "surveys", "reporting"}
