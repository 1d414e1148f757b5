from reporting.models.business import BusinessTotal
from reporting.models.report import Report, ReportCell, ReportSource, ReportVersion
from reporting.models.settings import ParameterOverride

__all__ = ["BusinessTotal", "ParameterOverride", "Report", "ReportCell", "ReportSource", "ReportVersion"]
