import shutil

import pytest

from reporting.domain.parameter_files import PARAMETER_FOLDER, load_parameters
from reporting.domain.parameters import ParametersMalformed


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PARAMETER_FOLDER, tmp_path / "parameters")


def rewrite(path, *, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_copied_folder_gives_the_same_parameters(folder):
    assert load_parameters(reporting_year=2025, folder=folder) == load_parameters(reporting_year=2025)


def test_a_file_that_is_no_toml_fails(folder):
    (folder / "2025.toml").write_text("weeks = forty-five", encoding="utf-8")
    with pytest.raises(ParametersMalformed, match=r"2025\.toml is not TOML"):
        load_parameters(reporting_year=2025, folder=folder)


def test_a_file_that_is_no_text_fails(folder):
    (folder / "2025.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParametersMalformed, match=r"2025\.toml is not TOML"):
        load_parameters(reporting_year=2025, folder=folder)


def test_a_file_of_another_year_fails(folder):
    rewrite(folder / "2025.toml", old="reporting_year = 2025", new="reporting_year = 2024")
    with pytest.raises(ParametersMalformed, match=r"2025\.toml speaks of another year: 2024"):
        load_parameters(reporting_year=2025, folder=folder)


def test_a_form_without_a_file_fails(folder):
    rewrite(folder / "2025.toml", old='"form-2024"', new='"form-2030"')
    with pytest.raises(ParametersMalformed, match=r"no file: form-2030\.toml"):
        load_parameters(reporting_year=2025, folder=folder)


def test_a_changed_form_changes_the_version(folder):
    rewrite(
        folder / "forms" / "form-2024.toml",
        old='fuels = ["hybrid"]\nline = "car_hybrid"',
        new='fuels = ["hybrid"]\nline = "car_other"',
    )
    changed = load_parameters(reporting_year=2025, folder=folder)
    assert changed.version != load_parameters(reporting_year=2025).version
