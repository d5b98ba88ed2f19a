"""The peer: Flask and nothing else."""

from pathlib import Path

from flask import Flask


def serve(page: str) -> Flask:
    """Return an application that answers with the bytes of a file."""
    app = Flask(__name__)
    body = Path(page).read_text(encoding="utf-8")

    @app.get("/")
    def answer() -> str:
        return body

    return app
