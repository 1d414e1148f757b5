"""The address of each question."""

from functools import lru_cache

from django.urls import reverse

from surveys.domain.question_path import Question, Step, WeekAnswers, next_question

NAMES = {
    Step.FACTS: "answer_facts",
    Step.FUEL: "answer_fuel",
    Step.PROVIDER: "answer_provider",
    Step.WEEKEND: "answer_weekend",
    Step.NORMAL_WEEK: "answer_normal_week",
    Step.NORMAL_WEEKEND: "answer_normal_weekend",
    Step.CHECK: "answer_check",
    Step.RECEIPT: "answer_receipt",
}


# Every page has some of them, and a question keeps its address.
@lru_cache(maxsize=10_000)
def address_of(question: Question) -> str:
    """Where a question is answered."""
    if question.step is Step.DAY:
        name = "answer_normal_day" if question.is_normal_week else "answer_day"
        return reverse(name, kwargs={"date": question.date})
    kwargs = {"mode": question.mode} if question.mode else {}
    return reverse(NAMES[question.step], kwargs=kwargs)


def next_page(answers: WeekAnswers) -> str:
    """Where the first question without an answer is; the check or the receipt when all are answered."""
    return address_of(next_question(answers))
