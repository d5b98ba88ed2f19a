"""What happens in an attempt. An attempt is the version of a case and an ordered list of these events, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class PlayError(Exception):
    """What cannot be done in this state of a play. `code` is stable; `values` fill the sentence that is shown.

    Codes: `already-ended`, `not-this-scene`, `not-offered`, `unknown-inject`, `unknown-scene`, `unknown-indicator`,
    `unknown-event`.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code}: {values}" if values else code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Decision:
    """A choice is taken in a scene. The scene is named so that an answer that comes late is not taken for another."""

    scene: str
    choice: str


@dataclass(frozen=True)
class Release:
    """An inject is read, at its time or earlier by the trainer's hand. It changes nothing: its effects count anyway."""

    inject: str


@dataclass(frozen=True)
class Override:
    """A trainer changes indicators by so much, or moves the play to a scene. What follows is outside the proof."""

    effects: Mapping[str, int] = field(default_factory=dict, hash=False)
    scene: str | None = None


Event = Decision | Release | Override


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event as JSON values."""
    match event:
        case Decision(scene, choice):
            return {"kind": "decision", "scene": scene, "choice": choice}
        case Release(inject):
            return {"kind": "release", "inject": inject}
        case Override(effects, scene):
            return {"kind": "override", "effects": dict(effects), "scene": scene}


def event_from_json(document: Mapping[str, Any]) -> Event:
    """Read an event back; PlayError `unknown-event` where it is none."""
    try:
        match document["kind"]:
            case "decision":
                return Decision(str(document["scene"]), str(document["choice"]))
            case "release":
                return Release(str(document["inject"]))
            case "override":
                return _override(document.get("effects"), document.get("scene"))
    except (AttributeError, KeyError):
        pass
    raise PlayError("unknown-event", event=str(document)[:100])


def _override(effects: Any, scene: Any) -> Override:
    changes = {str(name): change for name, change in (effects or {}).items()}
    if any(type(change) is not int for change in changes.values()) or not isinstance(scene, str | None):
        raise PlayError("unknown-event", event="override")
    return Override(changes, scene)
