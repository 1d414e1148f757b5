"""What the guidance for employers says about who is surveyed, in figures."""

# "an employment contract of at least 20 paid hours per month" (guidance, chapter on the survey; decree, art. 18.13)
MINIMUM_MONTHLY_HOURS = 20
# Filling in a week: five working days, one tap each.
MINUTES_TO_ANSWER = 1
