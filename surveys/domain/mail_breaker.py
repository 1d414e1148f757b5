"""When a campaign's mail must stop by itself, so that a mistake does not reach everybody."""

import datetime

# A list with many wrong addresses harms the sender's name with mail providers; below forty mails, chance decides.
BOUNCES_FROM_MAILS = 40
BOUNCE_PERCENTAGE = 5
# Many people at once who want no more mail: something is wrong with it, or a program clicked for them.
OPT_OUT_WINDOW = datetime.timedelta(hours=1)
OPT_OUTS_FROM = 10
OPT_OUT_PERCENTAGE = 3
# Mail is opened within a day; who opts out then, does so because of the mails of that day.
MAILED_WINDOW = datetime.timedelta(days=1)


def has_too_many_bounces(*, mails: int, hard_bounces: int) -> bool:
    """5 % or more of a campaign's mails went to addresses that do not exist, after at least 40 mails."""
    return mails >= BOUNCES_FROM_MAILS and hard_bounces * 100 >= mails * BOUNCE_PERCENTAGE


def is_opt_out_burst(*, opt_outs: int, mails: int) -> bool:
    """Ten people or more, and 3 % or more of those mailed, asked for no more mail.

    opt_outs: within the last hour; mails: within the last day, at least one.
    """
    return mails > 0 and opt_outs >= OPT_OUTS_FROM and opt_outs * 100 >= mails * OPT_OUT_PERCENTAGE
