"""What people read instead of an action's name in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTION_LABELS = {
    "organisation.created": _("Organisation created"),
    "organisation.changed": _("Settings changed"),
    "legal_entity.added": _("Legal entity added"),
    "legal_entity.changed": _("Legal entity changed"),
    "site.added": _("Site added"),
    "site.changed": _("Site changed"),
    "member.invited": _("Member invited"),
    "member.invitation_withdrawn": _("Invitation of a member withdrawn"),
    "member.joined": _("Member joined"),
    "member.role_changed": _("Role of a member changed"),
    "member.removed": _("Member removed"),
    "api_key.created": _("API key made"),
    "api_key.revoked": _("API key revoked"),
    "staff_import.uploaded": _("Staff file uploaded"),
    "staff_import.confirmed": _("Staff file confirmed"),
    "staff_import.applied": _("Staff file applied"),
    "staff_import.cancelled": _("Staff file deleted"),
    "staff.upserted": _("Staff changed by a system"),
    "staff.details_erased": _("Names or birth years of employees erased"),
    "employee.changed": _("Employee corrected by hand"),
    "work_pattern.made": _("Work pattern made"),
    "work_pattern.changed": _("Work pattern changed"),
    "work_pattern.deleted": _("Work pattern deleted"),
    "work_pattern.given": _("Work pattern given to a group"),
    "work_pattern.taken": _("Work pattern taken from a group"),
    "work_pattern.undone": _("Work pattern of a group undone"),
    "campaign.created": _("Campaign made"),
    "campaign.changed": _("Campaign changed"),
    "campaign.text_changed": _("Text of a campaign changed"),
    "campaign.test_mail_sent": _("Test mail sent"),
    "campaign.started": _("Campaign started"),
    "campaign.paused": _("Campaign paused"),
    "campaign.resumed": _("Campaign resumed"),
    "campaign.closed": _("Campaign closed"),
    "campaign.follow_up_asked": _("Follow-up question sent"),
    "campaign.result_published": _("Result published for employees"),
    "campaign.result_withdrawn": _("Result for employees withdrawn"),
    "campaign.closing_changed": _("Last day to answer changed"),
    "mail_step.moved": _("Mail of a campaign moved"),
    "mail_step.skipped": _("Mail of a campaign left out"),
    "mail_step.restored": _("Mail of a campaign taken back in"),
    "mail_step.undone": _("Mail of a campaign undone before it left"),
    "campaign.readdressed": _("Invitations sent to changed addresses"),
    "person_mail.resent": _("Invitation sent to a person again"),
    "person_mail.skipped": _("Person skipped in a campaign"),
    "person_mail.stopped": _("Mail to a person stopped"),
    "person_mail.allowed": _("Mail to a person allowed again"),
    "paper_list.made": _("Slips with codes made"),
    "invitation.paper_code_made": _("New slip made for a person"),
    "retention.period_set": _("Period of a campaign's rows set"),
    "retention.announced": _("End of a campaign's rows announced"),
    "retention.held": _("Rows of a campaign held"),
    "retention.released": _("Hold on a campaign's rows lifted"),
    "retention.done": _("Rows about persons of a campaign gone"),
    "report.opened": _("Report opened"),
    "report.campaign_chosen": _("Survey of a report chosen"),
    "report.commute_method_chosen": _("Method for commuting of a report chosen"),
    "report.figures_chosen": _("Guidance or estimate of a report chosen"),
    "prior.consent_given": _("Agreed to the shared model for small surveys"),
    "prior.consent_withdrawn": _("Agreement to the shared model withdrawn"),
    "report.estimation_started": _("Estimate of who did not answer asked for"),
    "report.estimation_cancelled": _("Estimate of who did not answer stopped"),
    "report.estimation_done": _("Estimate of who did not answer made"),
    "report.estimation_failed": _("Estimate of who did not answer failed"),
    "report.built": _("Report computed again"),
    "report.business_totals_entered": _("Business travel of a report entered"),
    "report.commute_total_entered": _("Commuting figure of a report entered by hand"),
    "report.business_file_uploaded": _("File about business travel uploaded"),
    "report.business_file_applied": _("File about business travel put into a report"),
    "report.business_file_removed": _("File about business travel taken out of a report"),
    "report.business_file_cancelled": _("File about business travel deleted"),
    "report.finding_answered": _("Finding of a report's checks answered"),
    "report.finding_reopened": _("Answer to a finding of a report's checks taken back"),
    "report.factors_entered": _("CO2 factors of a year entered"),
    "report.frozen": _("Report frozen"),
    "report.filed": _("Report marked as filed"),
    "report.reopened": _("Report reopened"),
    "parameter.set": _("Setting of the calculation chosen"),
    "parameter.reset": _("Setting of the calculation back to the shipped value"),
}


# What these are about is persons: staff numbers, names of staff files. Only who may see staff reads it.
ABOUT_STAFF = ("staff", "staff_import", "employee", "work_pattern", "invitation")


def is_about_staff(action: str) -> bool:
    return action.split(".", 1)[0] in ABOUT_STAFF


def action_label(action: str) -> str:
    """The action in words; an action of another part without words of its own reads as its name."""
    label = ACTION_LABELS.get(action)
    return str(label) if label else action.replace(".", ": ").replace("_", " ")
