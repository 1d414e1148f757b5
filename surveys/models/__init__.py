from surveys.models.answers import DayAnswer, Response, TravelProfile, VehicleFacts
from surveys.models.campaign import Campaign, CampaignText, SurveyWeek
from surveys.models.mail_plan import BatchLine, MailBatch, MailStep
from surveys.models.population import Invitation, PopulationMember
from surveys.models.staff import Employee, StaffImport, WorkPattern

__all__ = [
    "BatchLine",
    "Campaign",
    "CampaignText",
    "DayAnswer",
    "Employee",
    "Invitation",
    "MailBatch",
    "MailStep",
    "PopulationMember",
    "Response",
    "StaffImport",
    "SurveyWeek",
    "TravelProfile",
    "VehicleFacts",
    "WorkPattern",
]
