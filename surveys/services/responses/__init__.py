"""What an employee answers, saved answer by answer.

Every service locks the invitation first, so that two tabs or two phones take turns, and refuses when answers are
not taken any more. `submitted_at` stays once it is set; later changes count at once.

No audit event is written here: the trail says what HR did, and who answered stands on the invitation.
"""
