"""The files in courses/ that courses share. Each must be there: a lost file is not a wish to withdraw what it held."""

from pathlib import Path

from elearning.sources.files import read_text
from elearning.sources.problems import Problems
from elearning.sources.yaml_reader import YamlMap, parse_map

GLOSSARY_PATH = "courses/glossary.yaml"
SOURCES_PATH = "courses/sources.yaml"
PATHS_PATH = "courses/paths.yaml"
NO_FOLDER, MISSING = "no-folder", "missing-file"


def read_shared(project: Path, path: str, key: str, problems: Problems) -> YamlMap | None:
    """Read the mapping of a shared file, which has a list under `key`; None where there is no such list."""
    file = project / path
    if not file.exists() and not file.is_symlink():
        message = f"found no file, expected one with a list of {key!r}; an empty list (`{key}: []`) withdraws all"
        problems.add(path, 1, MISSING, message)
        return None
    text = read_text(file, path, problems)
    source = parse_map(text, path, problems) if text is not None else None
    if source is None or source.shape(key) == "list":
        return source
    source.maps(key)  # says what stands there instead
    source.finish()
    return None
