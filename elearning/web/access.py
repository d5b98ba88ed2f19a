"""Who is asking: the signed-in person of a request, and the guard of pages that need one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from elearning.core.scope import Scope

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
login_manager = LoginManager()
login_manager.session_protection = None  # sign-ins are rows that can be ended one by one; addresses change on phones


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in person as pages need them, read in one statement."""

    id: int
    name: str
    email: str
    language: str
    token: str
    sign_in_id: int

    def get_id(self) -> str:
        """Return what the session cookie carries: the token of this sign-in, never the person's id."""
        return self.token

    @property
    def scope(self) -> Scope:
        """Return what this person may read: for now, what is theirs."""
        return Scope.of_person(self.id)


def signed_in() -> SignedIn | None:
    """Return the person who asks, or None for a guest."""
    if g.get("without_person"):
        return None
    try:
        found = current_user._get_current_object()
    except Exception:
        g.without_person = True  # whoever shows the fault must not ask again
        raise
    return found if isinstance(found, SignedIn) else None


def person() -> SignedIn:
    """Return the person who asks, on a page that needs one."""
    return cast(SignedIn, current_user)


def adopt(found: SignedIn | None) -> None:
    """Take a person that a view has read together with what it shows, so that they are not read again."""
    g._login_user = found if found is not None else login_manager.anonymous_user()


def sign_in_required(view: View) -> View:
    """Send guests to the sign-in page and back, with whatever they had typed."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if signed_in() is None:
            return cast(ResponseReturnValue, login_manager.unauthorized())
        return view(*args, **kwargs)

    return cast(View, guarded)


def init_access(app: Flask) -> None:
    """Give the application its guard; `people` says how a token becomes a person."""
    login_manager.init_app(
        app, add_context_processor=False
    )  # templates ask `signed_in`, which can do without a database
    app.jinja_env.globals["signed_in"] = signed_in


def wants_write() -> bool:
    """Tell whether this request may change something (RFC 9110, section 9.2.1)."""
    return request.method not in {"GET", "HEAD", "OPTIONS"}


def demo_mode() -> bool:
    """Tell whether the demo accounts are shown."""
    return bool(current_app.config["DEMO"])
