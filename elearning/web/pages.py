"""What templates may call on every page."""

from typing import Any

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from elearning.core.settings import Settings
from elearning.web.registry import NavigationItem, Registry, registry

VERSION = "0.1.0"


def isolated(value: object) -> Markup:
    """Keep a name or number from turning the text around it (Unicode UAX #9): for use inside sentences."""
    return Markup("<bdi>") + escape(str(value)) + Markup("</bdi>")


def navigation() -> list[NavigationItem]:
    """Return the entries of the main navigation."""
    return registry().navigation


def footer() -> list[NavigationItem]:
    """Return the entries at the foot of every page."""
    return registry().footer


def page_address() -> str:
    """Return the address of this page, to be reported with a problem or gone back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def footer_address(item: NavigationItem) -> str:
    """Return the address of an entry at the foot, which learns what page it was followed from."""
    return url_for(item.endpoint, page=page_address())


def init_pages(app: Flask, settings: Settings) -> None:
    """Give templates their helpers, and rooms the registry."""
    app.config["DEMO"] = settings.demo
    app.config["VERSION"] = VERSION
    app.extensions["elearning_registry"] = Registry()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["isolated"] = isolated
    helpers: dict[str, Any] = {
        "navigation": navigation,
        "footer": footer,
        "footer_address": footer_address,
        "page_address": page_address,
    }
    app.jinja_env.globals.update(helpers)
