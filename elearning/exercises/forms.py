"""The forms of a play: begin, and decide."""

from wtforms import HiddenField, StringField

from elearning.web.forms import OnceForm


class StartForm(OnceForm):
    """Begin to play a variant of a case."""

    variant = StringField()


class DecisionForm(OnceForm):
    """Take a choice in a scene; the choice is the button that was pressed."""

    scene = HiddenField()
    choice = StringField()
