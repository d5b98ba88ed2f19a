"""Forms of sign-in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import Length

from elearning.people.passwords import MAX_PASSWORD_LENGTH
from elearning.web.forms import Form, Required


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-mail address"), [Required(), Length(max=320, message=_l("This is too long."))])
    password = PasswordField(
        _l("Password"), [Required(), Length(max=MAX_PASSWORD_LENGTH, message=_l("This is too long."))]
    )
    next = HiddenField()
    kept = HiddenField()
