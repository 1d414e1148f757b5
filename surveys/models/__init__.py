from surveys.models.answers import DayAnswer, Response, TravelProfile, VehicleFacts
from surveys.models.campaign import Campaign, CampaignText, SurveyWeek
from surveys.models.follow_up import FollowUp, FollowUpAnswer, FollowUpQuestion
from surveys.models.mail_plan import BatchLine, MailBatch, MailStep
from surveys.models.paper import PaperCode, PaperList
from surveys.models.pattern_changes import PatternChange
from surveys.models.places import PostcodePlace
from surveys.models.population import Invitation, PopulationMember
from surveys.models.reads import PersonRead
from surveys.models.results import PublishedResult
from surveys.models.retention import CampaignTotals, ForgetRequest, RetentionHold, RetentionPlan, RetentionRun
from surveys.models.staff import Employee, StaffImport, WorkPattern

__all__ = [
    "BatchLine",
    "Campaign",
    "CampaignText",
    "CampaignTotals",
    "DayAnswer",
    "Employee",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpQuestion",
    "ForgetRequest",
    "Invitation",
    "MailBatch",
    "MailStep",
    "PaperCode",
    "PaperList",
    "PatternChange",
    "PersonRead",
    "PopulationMember",
    "PostcodePlace",
    "PublishedResult",
    "Response",
    "RetentionHold",
    "RetentionPlan",
    "RetentionRun",
    "StaffImport",
    "SurveyWeek",
    "TravelProfile",
    "VehicleFacts",
    "WorkPattern",
]
