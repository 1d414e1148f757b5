"""Times the staff import against the bare minimum: parsing the workbook and copying its rows into a table.

`make bench-import`, or `python -m tests.benchmarks.bench_import` with DATABASE_URL and REDIS_URL set. Makes a
database of its own and drops it. Per size one process measures time and another memory, so that the rows of the
baseline do not count as the import's.
"""

import datetime
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

SIZES = (20_000, 100_000)
RUNS = 3
MOST_RATIO = 3.0
MOST_MEMORY_MB = 400
NOW = datetime.datetime(2026, 3, 16, 9, 0, tzinfo=datetime.UTC)
HEADERS = (
    *("Personeelsnummer", "Werk e-mail", "Vestiging", "KvK-nummer", "Taal", "Afdeling", "Functie"),
    *("Postcode woonadres", "Uren per week", "Soort contract", "In dienst", "Uit dienst", "Dagen per week"),
    *("Met verlof", "Mobiliteitsvoorziening", "Vaste werkplek"),
)
KVK_NUMBER = "90000001"


def staff_rows(size: int) -> Iterator[list[object]]:
    """Made-up people, the same at every run."""
    chance = random.Random(20260316)
    first_day = datetime.date(2008, 1, 1)
    for number in range(size):
        letters = "".join(chance.choice("ABCDEGHJKL") for _ in range(2))
        yield [
            f"{number:07d}",
            f"m{number:07d}@voorbeeld.example",
            f"Vestiging {chance.randrange(12)}",
            KVK_NUMBER,
            chance.choice(["nl", "en", "pl"]),
            f"Afdeling {chance.randrange(40)}",
            f"Functie {chance.randrange(90)}",
            f"{chance.randrange(1000, 9999)} {letters}",
            chance.choice([40, 36, 32, 24, 28.5]),
            chance.choice(["vast", "tijdelijk"]),
            first_day + datetime.timedelta(days=chance.randrange(6000)),
            None,
            chance.choice([5, 4, 3]),
            "nee",
            "ja",
            "ja",
        ]


def write_workbook(path: Path, size: int) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Personeel")
    sheet.append(HEADERS)
    for row in staff_rows(size):
        sheet.append(row)
    workbook.save(path)


def baseline(content: bytes) -> float:
    """Seconds for calamine's rows and a COPY of them into a plain table with as many columns."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    columns = ", ".join(f"c{number} text" for number in range(len(HEADERS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(f"DROP TABLE IF EXISTS plain_rows; CREATE TABLE plain_rows ({columns})")
    started = time.perf_counter()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        with cursor.copy("COPY plain_rows FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    return time.perf_counter() - started


def imported(content: bytes, size: int) -> tuple[float, float, float]:
    """Seconds for upload, check and apply of one file in a new organisation."""
    from surveys.models import Employee, StaffImport
    from surveys.services.staff_import import choose_mapping, confirm_staff_import, upload_staff_file
    from surveys.services.staff_import_apply import apply_staff_import
    from surveys.services.staff_import_check import check_staff_import
    from tests.factories import as_owner, make_legal_entity, make_organisation
    from wpm_platform.scoping import organisation_scope

    organisation = make_organisation(slug=f"bench-{uuid4().hex}")
    make_legal_entity(organisation, kvk_number=KVK_NUMBER)

    def upload() -> None:
        with organisation_scope(organisation):
            upload_staff_file(
                organisation=organisation, actor=None, filename="personeel.xlsx", content=content, now=NOW
            )

    seconds = [timed(upload)]
    with organisation_scope(organisation):
        staff_import = StaffImport.objects.defer("content").get(organisation=organisation)
        choose_mapping(staff_import=staff_import, mapping=staff_import.mapping)
    code = staff_import.code
    seconds.append(timed(lambda: check_staff_import(organisation_id=organisation.pk, code=code, now=NOW)))
    with organisation_scope(organisation):
        confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=False, now=NOW)
    seconds.append(timed(lambda: apply_staff_import(organisation_id=organisation.pk, code=code, now=NOW)))
    with as_owner(organisation):
        assert Employee.objects.filter(left_at__isnull=True).count() == size
    return seconds[0], seconds[1], seconds[2]


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure_times(content: bytes, size: int) -> bool:
    """Print every time and the ratios, as medians of the runs. Returns whether the target holds."""
    bases, runs = [], []
    for _ in range(RUNS):
        bases.append(baseline(content))
        runs.append(imported(content, size))
    base = median(bases)
    upload, check, apply = (median(run[step] for run in runs) for step in range(3))
    together = median(sum(run[1:]) for run in runs)
    whole = median(sum(run) for run in runs)
    print(f"{size} rows, median of {RUNS} runs, baseline = calamine parse + COPY: {base:.2f} s")
    for name, seconds in (
        ("upload (layout, columns)", upload),
        ("preview (every row checked and compared)", check),
        ("apply (one transaction)", apply),
        ("preview + apply", together),
        ("upload + preview + apply", whole),
    ):
        print(f"  {name:42} {seconds:6.2f} s   ratio {seconds / base:.2f}")
    worst = max(check, apply) / base
    print(f"figure: import ratio {worst:.2f} (target {MOST_RATIO}) at {size} rows, the slower of preview and apply")
    print(f"figure: import ratio together {together / base:.2f} at {size} rows, preview + apply", flush=True)
    return worst <= MOST_RATIO


def measure_memory(content: bytes, size: int) -> bool:
    """Print the peak memory of one process that uploads, checks and applies."""
    imported(content, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"figure: import memory {peak:.0f} MB (target {MOST_MEMORY_MB}) at {size} rows", flush=True)
    return peak <= MOST_MEMORY_MB


def measure_all() -> bool:
    """Both measurements for every size, each in a process of its own, on a database of this run."""
    from django.conf import settings
    from django.db import connection

    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    name = f"bench_import_{os.getpid()}"
    connection.settings_dict.setdefault("TEST", {})["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    environment = os.environ | {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
    is_met = True
    try:
        with tempfile.TemporaryDirectory(dir=settings.BASE_DIR / ".run") as folder:
            for size in SIZES:
                path = Path(folder) / f"{size}.xlsx"
                write_workbook(path, size)
                for measurement in ("times", "memory"):
                    command = [sys.executable, "-m", "tests.benchmarks.bench_import", measurement, str(path), str(size)]
                    is_met &= subprocess.run(command, env=environment, check=False).returncode == 0
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return is_met


def main(arguments: list[str]) -> int:
    django.setup()
    if not arguments:
        return 0 if measure_all() else 1
    measurement, path, size = arguments
    measure = {"times": measure_times, "memory": measure_memory}[measurement]
    return 0 if measure(Path(path).read_bytes(), int(size)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
