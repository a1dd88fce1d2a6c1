"""Settings: where things are and how the app behaves. Flag > environment > config.toml > default.

The file is the user's: read, never written. Folders follow the XDG variables on every system and are
named `crossread`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.model.errors import ConfigError
from reader.model.refusals import reason

APP = "crossread"
"""Name of our folders below the XDG ones."""

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Option:
    """One setting that config.toml and the environment know."""

    section: str
    """Table in the file."""
    key: str
    """Key in that table."""
    default: Value
    """Also tells its type."""
    help: str
    """One line for `reader config --default`."""

    @property
    def name(self) -> str:
        """`section.key`."""
        return f"{self.section}.{self.key}"


OPTIONS = (
    Option("library", "articles", "", "folder of article files; empty: ./articles, else the sample library"),
    Option("library", "index", "", "folder for the index; empty: ./index beside ./articles, else the cache"),
    Option("library", "state", "", "folder for marks and notes; empty: the XDG state folder"),
    Option("reading", "width", 72, "widest text column, in cells (40 to 120)"),
    Option("reading", "theme", "", "name of a theme; empty: reader-dark"),
    Option("reading", "justify", False, "both edges of a column of text are straight"),
    Option(
        "reading", "ascii", "auto", "signs in ASCII: yes, no, or auto, by what the terminal is said to show"
    ),
    Option(
        "reading",
        "copy_command",
        "",
        "program that takes what is copied, such as wl-copy; empty: the terminal",
    ),
    Option("search", "variants", True, "search finds other spellings of a name and says so"),
    Option(
        "compare", "story_window_days", 3, "articles of one story are at most so many days apart (0: any)"
    ),
)
"""Everything the file may hold, besides `[keys]`: command id = "key,key"."""

LIMITS = {"reading.width": (40, 120), "compare.story_window_days": (0, 3650)}
"""Lowest and highest value of the numbers."""
CHOICES: Mapping[str, tuple[str, ...]] = {"reading.ascii": ("auto", "yes", "no")}
"""The only values that some texts may have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is, and the options."""

    articles: Path
    """Folder of article files."""
    index: Path
    """Folder that holds one index folder for each library."""
    state: Path
    """Folder of the database with marks and notes, and of the index key."""
    is_sample: bool
    """Whether `articles` is the sample library of the package."""
    config_file: Path
    """Where config.toml is or would be."""
    options: Mapping[str, Value] = field(default_factory=dict)
    """`section.key` to value, all options present."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to comma-separated keys, as the user remapped them."""
    warnings: tuple[str, ...] = ()
    """Values that were not usable and what stands in for them."""

    @property
    def place(self) -> str:
        """The library's folder, for people."""
        return "sample library" if self.is_sample else str(self.articles)

    @property
    def width(self) -> int:
        """Widest text column, in cells."""
        return int(self.options["reading.width"])

    @property
    def theme(self) -> str:
        """Name of the chosen theme; empty = ours."""
        return str(self.options["reading.theme"])

    @property
    def justify(self) -> bool:
        """Whether both edges of a column of text are straight."""
        return bool(self.options["reading.justify"])

    @property
    def ascii(self) -> str:
        """Whether signs are written in ASCII: `yes`, `no` or `auto`."""
        return str(self.options["reading.ascii"])

    @property
    def copy_command(self) -> str:
        """The program that takes what is copied; empty = the terminal's clipboard."""
        return str(self.options["reading.copy_command"])

    @property
    def variants(self) -> bool:
        """Whether search finds other spellings of names."""
        return bool(self.options["search.variants"])

    @property
    def story_window_days(self) -> int | None:
        """Greatest distance of two articles of one story, in days; `None` = any."""
        return int(self.options["compare.story_window_days"]) or None


def settings(
    articles: Path | None = None,
    index: Path | None = None,
    state: Path | None = None,
    config: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Settings from flags, `environment`, the configuration file and the working `folder`.

    Raises `ConfigError` for a file that is not TOML or has an unknown key, with its nearest name, and for a
    folder that cannot be named so.
    """
    environment = os.environ if environment is None else environment
    folder = _working_folder() if folder is None else folder
    xdg = _xdg()
    config_file = config or xdg["config"] / "config.toml"
    values, keys, warnings = _file_values(config_file, required=config is not None)
    options: dict[str, Value] = {}
    for option in OPTIONS:
        typed = environment.get(f"READER_{option.section}__{option.key}".upper(), values.get(option.name))
        options[option.name], warning = _checked(option, typed)
        if warning:
            warnings.append(warning)
    local = folder / "articles"
    # Not `Path.is_dir`, which raises where one may not look.
    has_local = os.path.isdir(local)
    default_library = local if has_local else sample_library()
    library = _place("articles", articles or _folder(options["library.articles"]) or default_library)
    default_index = folder / "index" if has_local and os.path.isdir(folder / "index") else None
    return Settings(
        articles=library,
        index=_place(
            "index", index or _folder(options["library.index"]) or default_index or xdg["cache"] / "index"
        ),
        state=_place("state", state or _folder(options["library.state"]) or xdg["state"]),
        is_sample=os.path.realpath(library) == os.path.realpath(sample_library()),
        config_file=config_file,
        options=options,
        keys=keys,
        warnings=tuple(warnings),
    )


def sample_library() -> Path:
    """The articles that come with the package; in a checkout, the project's own folder."""
    packaged = Path(__file__).resolve().parent / "sample"
    return packaged if os.path.isdir(packaged) else packaged.parent.parent / "articles"


def default_file() -> str:
    """A config.toml that holds every option with its default, commented out."""
    lines = ["# Settings of reader. Every line shows its default."]
    section = ""
    for option in OPTIONS:
        if option.section != section:
            section = option.section
            lines += ["", f"[{section}]"]
        shown = str(option.default).lower() if isinstance(option.default, bool) else repr(option.default)
        lines += [f"# {option.help}", f"# {option.key} = {shown}".replace("'", '"')]
    lines += [
        "",
        "[keys]",
        '# command id = "key,key"; the ids stand in the help of the app (?)',
        '# compare = "c"',
    ]
    return "\n".join(lines) + "\n"


def _xdg() -> dict[str, Path]:
    # The Unix class on every system: macOS users of terminal programs expect ~/.config as well.
    from platformdirs.unix import Unix

    folders = Unix(APP, appauthor=False)
    try:
        return {
            "config": Path(folders.user_config_dir),
            "cache": Path(folders.user_cache_dir),
            "state": Path(folders.user_state_dir),
        }
    except RuntimeError:
        # A user without a home folder: `_place` says so, unless other folders are named.
        return dict.fromkeys(("config", "cache", "state"), Path("~", APP))


def _folder(value: Value) -> Path | None:
    return Path(str(value)) if value else None


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError:
        # It was deleted under us: nothing is in it.
        return Path()


def _place(name: str, path: Path) -> Path:
    """The folder as it may be used. Raises `ConfigError` for one that nobody could find."""
    try:
        # Without a home folder the names below it stay as they are, and would be made in the working folder.
        found = path.expanduser()
        # A loop of links only shows when it is followed.
        found.resolve()
    except (RuntimeError, ValueError, OSError) as error:
        raise ConfigError(
            f"{path} is no folder that can be found (a home that is not there, links in a circle); "
            f"name another with --{name}"
        ) from error
    return found


def _file_values(path: Path, *, required: bool) -> tuple[dict[str, object], dict[str, str], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if required:
            raise ConfigError(f"{path}: no such file; leave --config out to use the defaults") from error
        return {}, {}, []
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"{path} cannot be read ({why}); mend it or name another with --config") from error
    import tomllib  # most start without a file

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    known = {option.name for option in OPTIONS}
    values: dict[str, object] = {}
    keys: dict[str, str] = {}
    warnings: list[str] = []
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise _unknown(path, text, section, known)
        for key, value in table.items():
            if section == "keys":
                if isinstance(value, str):
                    keys[key] = value
                else:
                    warnings.append(f'{path}: keys.{key} must be a text such as "c"; it is ignored')
            elif f"{section}.{key}" in known:
                values[f"{section}.{key}"] = value
            else:
                raise _unknown(path, text, f"{section}.{key}", known)
    return values, keys, warnings


def _unknown(path: Path, text: str, name: str, known: set[str]) -> ConfigError:
    import difflib

    key = name.rpartition(".")[2]
    line = next(
        (n for n, row in enumerate(text.splitlines(), 1) if row.strip().startswith((key, f"[{key}"))), 1
    )
    nearest = difflib.get_close_matches(name, sorted(known), 1, 0.4)
    hint = f"; did you mean {nearest[0]}?" if nearest else "; `reader config --default` lists all"
    return ConfigError(f"{path}, line {line}: there is no setting {name}{hint}")


def _checked(option: Option, typed: object) -> tuple[Value, str]:
    if typed is None:
        return option.default, ""
    value = typed
    if isinstance(typed, str) and isinstance(option.default, bool):
        value = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
            typed.lower(), typed
        )
    elif isinstance(typed, str) and isinstance(option.default, int) and typed.lstrip("-").isdigit():
        value = int(typed)
    low, high = LIMITS.get(option.name, (None, None))
    is_right = type(value) is type(option.default) and (
        low is None or high is None or (isinstance(value, int) and low <= value <= high)
    )
    is_right = is_right and (option.name not in CHOICES or value in CHOICES[option.name])
    if is_right and isinstance(value, (str, int, bool)):
        return value, ""
    return option.default, f"{option.name} = {typed!r} is not usable; {option.default!r} is used instead"
