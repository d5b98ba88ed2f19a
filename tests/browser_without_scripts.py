"""What a person does in a browser without scripts: open pages, fill in the forms that stand on them, send them."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

DEMO_PASSWORD = "demo-password"


class _Forms(HTMLParser):
    """Collects the fields of each form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, MultiDict[str, str]] = {}
        self._fields: MultiDict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._fields = self.forms.setdefault(found.get("action") or "", MultiDict())
        elif tag == "input" and self._fields is not None and found.get("name"):
            is_mark = found.get("type") in {"radio", "checkbox"}
            if not is_mark or "checked" in found:
                self._fields.add(found["name"] or "", found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None


def fields_of(response: TestResponse, action: str) -> MultiDict[str, str]:
    """Return the fields of the form that is sent to an address."""
    parser = _Forms()
    parser.feed(response.text)
    assert action in parser.forms, f"no form for {action}, only {list(parser.forms)}"
    return parser.forms[action]


def send(client: FlaskClient, page: str, action: str = "", **typed: str | list[str]) -> TestResponse:
    """Open a page, fill in one of its forms and send it, following to the page that answers."""
    fields = fields_of(client.get(page), action or page)
    for name, value in typed.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    return client.post(action or page, data=fields, follow_redirects=True)


def sign_in(client: FlaskClient, email: str, language: str = "en", password: str = DEMO_PASSWORD) -> TestResponse:
    """Sign in through the page."""
    return send(client, f"/{language}/sign-in", email=email, password=password)
