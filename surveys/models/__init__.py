from surveys.models.answers import DayAnswer, Response, TravelProfile, VehicleFacts
from surveys.models.campaign import Campaign, CampaignText, SurveyWeek
from surveys.models.population import Invitation, PopulationMember
from surveys.models.staff import Employee, StaffImport

__all__ = [
    "Campaign",
    "CampaignText",
    "DayAnswer",
    "Employee",
    "Invitation",
    "PopulationMember",
    "Response",
    "StaffImport",
    "SurveyWeek",
    "TravelProfile",
    "VehicleFacts",
]
