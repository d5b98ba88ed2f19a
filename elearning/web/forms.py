"""The base of every form: protected against forgery, counted once, kept when the language changes."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, StopValidation

from elearning.core.ids import is_key, new_key

SWITCH_FIELD = "switch-language"


class Required(InputRequired):
    """Something must be typed or chosen."""

    def __init__(self) -> None:
        super().__init__(_l("Please fill in this field."))

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Refuse what is missing; spaces alone are nothing."""
        if isinstance(field.data, str) and not field.data.strip():
            field.errors = []
            raise StopValidation(str(self.message))
        super().__call__(form, field)


class LongText(TextAreaField):
    """A text of many lines, with one character for each line break, as people count; browsers send two.

    Its longest length is checked here only: with `maxlength`, browsers cut off what is pasted, and say nothing.
    """

    def __call__(self, **kwargs: Any) -> Any:
        """Render the field without `maxlength`."""
        return super().__call__(**{"maxlength": False, **kwargs})

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent."""
        super().process_formdata([value.replace("\r\n", "\n") for value in valuelist])


class _Described(FlaskForm.Meta):
    """Ties each field to its hint and its errors, for those who hear the page (WCAG 1.3.1, 3.3.1)."""

    def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
        """Render the field with `aria-describedby` and, where it is wrong, `aria-invalid`."""
        described = [f"{field.id}-hint"] if field.description else []
        if field.errors:
            described.append(f"{field.id}-errors")
            render_kw.setdefault("aria-invalid", "true")
        if described:
            render_kw.setdefault("aria-describedby", " ".join(described))
        return super().render_field(field, render_kw)


class Form(FlaskForm):
    """A form of this site.

    The language menu of a page with a form is made of buttons that belong to it: pressing one sends what was typed to
    the same page in the other language, which shows it again and checks or saves nothing.
    """

    Meta = _Described

    @property
    def is_switching(self) -> bool:
        """Tell whether the form came only to be shown in another language."""
        return SWITCH_FIELD in request.form

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Tell whether the form was sent to be acted on, and is right."""
        return not self.is_switching and bool(super().validate_on_submit(extra_validators))


class OnceForm(Form):
    """A form with an idempotency key: sent twice, counted once (DESIGN section 6)."""

    key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_key(self.key.data or ""):
            self.key.data = new_key()
