"""The codes that answers and staff are stored with are the codes that the calculation reads."""

from reporting import enums as report_enums
from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import Fuel, Mode, RvoBlock
from surveys import enums
from surveys.domain.population import ContractKind


def test_modes_are_the_same():
    assert set(enums.Mode.values) == {mode.value for mode in Mode}


def test_fuels_are_the_same():
    assert set(enums.Fuel.values) == {fuel.value for fuel in Fuel} - {Fuel.NONE.value}


def test_contract_kinds_are_the_same():
    assert set(enums.ContractKind.values) == {kind.value for kind in ContractKind} - {ContractKind.UNKNOWN.value}


def test_kinds_of_vehicle_and_reasons_are_the_same():
    assert report_enums.VehicleKind.values == [kind.value for kind in VehicleKind]
    assert report_enums.LeftOutReason.values == [reason.value for reason in LeftOut]


def test_blocks_of_files_are_the_forms():
    assert {block.name: block.value for block in report_enums.BusinessBlock} == {
        block.name: block.value for block in RvoBlock
    }


def test_methods_for_commuting_are_the_same():
    assert report_enums.CommuteMethodKind.values == [method.value for method in CommuteMethod]
