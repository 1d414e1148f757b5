"""The codes that answers and staff are stored with are the codes that the calculation reads."""

from reporting.domain.rvo import Fuel, Mode
from surveys import enums
from surveys.domain.population import ContractKind


def test_modes_are_the_same():
    assert set(enums.Mode.values) == {mode.value for mode in Mode}


def test_fuels_are_the_same():
    assert set(enums.Fuel.values) == {fuel.value for fuel in Fuel} - {Fuel.NONE.value}


def test_contract_kinds_are_the_same():
    assert set(enums.ContractKind.values) == {kind.value for kind in ContractKind} - {ContractKind.UNKNOWN.value}
