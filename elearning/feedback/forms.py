"""The survey and the problem report."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from elearning.web.forms import Form, LongText, OnceForm, Required

AGREEMENT_CHOICES = (
    SelectChoice("1", _l("Not at all")),
    SelectChoice("2", _l("A little")),
    SelectChoice("3", _l("Partly")),
    SelectChoice("4", _l("Mostly")),
    SelectChoice("5", _l("Fully")),
)
LONGEST_TEXT = 4000
LONGEST_ADDRESS = 2000


def _statement(text: str) -> RadioField:
    return RadioField(text, [InputRequired(_l("Please choose one of the answers."))], choices=AGREEMENT_CHOICES)


class SurveyForm(OnceForm):
    """How far somebody agrees with each statement, and what should change."""

    objectives = _statement(_l("It did what it said it would teach me."))
    relevance = _statement(_l("It is relevant to my work."))
    use = _statement(_l("I will use what I learned."))
    clarity = _statement(_l("The language was clear to me."))
    change = LongText(
        _l("What should change?"),
        [Length(max=LONGEST_TEXT, message=_l("Please use at most 4,000 characters."))],
        description=_l("You may leave this empty."),
    )

    @property
    def statements(self) -> tuple[RadioField, ...]:
        """The rows of agreement, in order."""
        return (self.objectives, self.relevance, self.use, self.clarity)


class ProblemForm(OnceForm):
    """What is wrong with a page."""

    page = HiddenField(filters=[lambda value: (value or "")[:LONGEST_ADDRESS]])
    text = LongText(
        _l("What is the problem?"),
        [Required(), Length(max=LONGEST_TEXT, message=_l("Please use at most 4,000 characters."))],
        description=_l("For example a mistake, a bad translation, or something that does not work."),
    )


class SettleForm(Form):
    """A button: a report has been dealt with."""
