from reporting.models.business import BusinessTotal
from reporting.models.business_files import BusinessImport, CommuteTotal, FleetVehicle, TravelTotal
from reporting.models.estimation import EstimationResult, EstimationRun
from reporting.models.estimation_prior import PriorConsent, PriorOfOthers, SharedPrior
from reporting.models.kept_survey import KeptSurvey
from reporting.models.plausibility import FindingAnswer
from reporting.models.report import Report, ReportCell, ReportSource, ReportVersion
from reporting.models.settings import ParameterOverride

__all__ = [
    "BusinessImport",
    "BusinessTotal",
    "CommuteTotal",
    "EstimationResult",
    "EstimationRun",
    "FindingAnswer",
    "FleetVehicle",
    "KeptSurvey",
    "ParameterOverride",
    "PriorConsent",
    "PriorOfOthers",
    "Report",
    "ReportCell",
    "ReportSource",
    "ReportVersion",
    "SharedPrior",
    "TravelTotal",
]
