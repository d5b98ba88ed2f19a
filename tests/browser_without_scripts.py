"""What a person does in a browser without scripts: open pages, fill in the forms that stand on them, send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

DEMO_PASSWORD = "demo-password"
Typed = str | list[str]


@dataclass
class _Form:
    """A form as it stands on a page: where it is sent to, and the fields that a browser would send."""

    id: str
    action: str
    fields: MultiDict[str, str] = field(default_factory=MultiDict)


class _Page(HTMLParser):
    """Collects the forms of a page, the buttons of its language menu, and buttons that send a form elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.language_buttons: dict[str, dict[str, str | None]] = {}
        self.other_buttons: dict[str, dict[str, str | None]] = {}
        self._form: _Form | None = None
        self._select = self._textarea = ""
        self._options: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self._form = _Form(found.get("id") or "", found.get("action") or "")
            self.forms.append(self._form)
        elif tag == "button" and name == "switch-language":
            self.language_buttons[found.get("value") or ""] = found
        elif tag == "button" and "formaction" in found:
            self.other_buttons[found["formaction"] or ""] = found
        elif self._form is None:
            return
        elif tag == "input" and name:
            if found.get("type") not in {"radio", "checkbox"} or "checked" in found:
                self._form.fields.add(name, found.get("value") or "")
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((found.get("value") or "", "selected" in found))
        elif tag == "textarea":
            self._textarea = name
            self._form.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form is not None:
            typed = self._form.fields[self._textarea] + data
            self._form.fields[self._textarea] = typed.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select" and self._form is not None and self._options:
            chosen = next((value for value, selected in self._options if selected), self._options[0][0])
            self._form.fields.add(self._select, chosen)
            self._select = ""


def fields_of(response: TestResponse, action: str) -> MultiDict[str, str]:
    """Return the fields of the form that is sent to an address, by itself or by one of its buttons."""
    page = _Page(response.text)
    button = page.other_buttons.get(action, {})
    found = next((form for form in page.forms if button.get("form") == form.id or form.action == action), None)
    assert found is not None, f"no form for {action}, only {[form.action for form in page.forms]}"
    if name := button.get("name"):
        found.fields.add(name, button.get("value") or "")
    return found.fields


def fields_of_form(response: TestResponse, form_id: str) -> MultiDict[str, str]:
    """Return the fields of a form by its id."""
    forms = _Page(response.text).forms
    found = next((form for form in forms if form.id == form_id), None)
    assert found is not None, f"no form {form_id}, only {[form.id for form in forms]}"
    return found.fields


def fill_in(fields: MultiDict[str, str], typed: dict[str, Typed]) -> MultiDict[str, str]:
    """Fill in fields: what is typed or chosen takes the place of what stood there."""
    for name, value in typed.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    return fields


def send(client: FlaskClient, page: str, action: str = "", **typed: Typed) -> TestResponse:
    """Open a page, fill in one of its forms and send it, following to the page that answers."""
    fields = fill_in(fields_of(client.get(page), action or page), typed)
    return client.post(action or page, data=fields, follow_redirects=True)


def switch_language(
    client: FlaskClient, page: TestResponse, language: str, typed: dict[str, Typed] | None = None
) -> TestResponse:
    """Fill in the form that the language menu of a page belongs to, and press the button of a language."""
    buttons = _Page(page.text).language_buttons
    assert language in buttons, f"no button for {language}, only {list(buttons)}"
    button = buttons[language]
    fields = fill_in(fields_of_form(page, button["form"] or ""), typed or {})
    fields["switch-language"] = language
    return client.post(button["formaction"] or "", data=fields, follow_redirects=True)


def sign_in(client: FlaskClient, email: str, language: str = "en", password: str = DEMO_PASSWORD) -> TestResponse:
    """Sign in through the page."""
    return send(client, f"/{language}/sign-in", email=email, password=password)
