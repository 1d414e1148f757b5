"""The envelope sender of a mail."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpm_platform.mailing.domain.verp import bounce_address, code_in_address

CODE = uuid.UUID("6f1b7f0e-3a54-4f0e-9d55-0c6a8f3f1a2b")
BASE = "bounces@wpm.example"
ADDRESS = bounce_address(code=CODE, base=BASE, key="key")


@given(st.uuids(), st.text(min_size=1, max_size=30))
def test_an_address_names_its_mail_again(code, key):
    address = bounce_address(code=code, base=BASE, key=key)
    assert code_in_address(address, base=BASE, key=key) == code
    assert code_in_address(address.upper(), base=BASE, key=key) == code


def test_the_address_fits_in_an_envelope():
    local, domain = ADDRESS.split("@")
    assert (len(local) <= 64, domain, local.startswith("bounces+")) == (True, "wpm.example", True)
    assert ADDRESS.lower() == ADDRESS


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bounces@wpm.example",
        "bounces+abc@wpm.example",
        ADDRESS.replace("wpm.example", "elsewhere.example"),
        ADDRESS.replace("bounces", "others"),
        f"x{ADDRESS}",
        f"{ADDRESS}.evil.example",
        ADDRESS[:-13] + ("a" if ADDRESS[-13] != "a" else "b") + ADDRESS[-12:],
    ],
)
def test_other_addresses_name_no_mail(address):
    assert code_in_address(address, base=BASE, key="key") is None


def test_another_key_makes_another_check():
    assert code_in_address(ADDRESS, base=BASE, key="other") is None


@given(st.text(max_size=100))
def test_no_address_is_too_strange(address):
    assert code_in_address(address, base=BASE, key="key") is None
