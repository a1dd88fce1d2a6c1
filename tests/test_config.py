from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reader.config import OPTIONS, default_file, sample_library, settings
from reader.model.errors import ConfigError


def test_folder_with_articles_and_index_wins(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "index").mkdir()
    found = settings(folder=tmp_path)
    assert (found.articles, found.index, found.is_sample) == (
        tmp_path / "articles",
        tmp_path / "index",
        False,
    )


def test_index_folder_without_articles_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    assert settings(folder=tmp_path).index != tmp_path / "index"


def test_empty_folder_opens_the_sample_library_with_the_index_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = settings(folder=tmp_path)
    assert (found.articles, found.is_sample) == (sample_library(), True)
    assert found.index == tmp_path / "cache" / "crossread" / "index"


def test_flag_beats_environment_beats_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[library]\narticles = "/from/file"\n[reading]\nwidth = 60\n')
    environment = {"READER_LIBRARY__ARTICLES": "/from/environment", "READER_READING__WIDTH": "64"}
    assert settings(config=file, environment={}, folder=tmp_path).articles == Path("/from/file")
    found = settings(config=file, environment=environment, folder=tmp_path)
    assert (found.articles, found.width) == (Path("/from/environment"), 64)
    flagged = settings(Path("/from/flag"), config=file, environment=environment, folder=tmp_path)
    assert flagged.articles == Path("/from/flag")


def test_unknown_key_names_line_and_nearest(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reading]\n\nwidht = 60\n")
    with pytest.raises(
        ConfigError, match=r"line 3: there is no setting reading\.widht; did you mean reading\.width"
    ):
        settings(config=file, environment={})


def test_bad_value_becomes_default_and_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reading]\nwidth = 4000\n")
    found = settings(config=file, environment={})
    assert found.width == 72
    assert "reading.width = 4000" in found.warnings[0]


def test_file_that_is_not_toml_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reading\n")
    with pytest.raises(ConfigError, match="not valid TOML"):
        settings(config=file, environment={})


def test_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        settings(config=tmp_path / "none.toml", environment={})


def test_default_file_shows_every_option_and_is_valid_when_uncommented() -> None:
    text = "\n".join(
        line[2:] if line.startswith("# ") and " = " in line and "command id" not in line else line
        for line in default_file().splitlines()
    )
    tables = tomllib.loads(text)
    assert all(tables[option.section][option.key] == option.default for option in OPTIONS)


def test_remapped_keys_are_kept_as_written(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\ncompare = "v,C"\n')
    assert settings(config=file, environment={}).keys == {"compare": "v,C"}


def test_sample_library_is_known_from_within_a_checkout() -> None:
    found = settings(folder=sample_library().parent, environment={})
    assert (found.is_sample, found.place) == (True, "sample library")


def test_a_folder_nobody_could_find_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (Path("~nobody-of-that-name/x"), tmp_path / "loop" / "x", Path("a\0b")):
        with pytest.raises(ConfigError, match="name another with --articles"):
            settings(folder=tmp_path, articles=path)
        with pytest.raises(ConfigError, match="name another with --index"):
            settings(folder=tmp_path, index=path)
        with pytest.raises(ConfigError, match="name another with --state"):
            settings(folder=tmp_path, state=path)


def test_a_working_folder_that_was_deleted_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert settings().is_sample


def test_without_a_home_no_folder_named_after_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable)
    # As for a user whom the system does not know: the tilde stays.
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="name another with --index"):
        settings()
    found = settings(index=tmp_path / "index", state=tmp_path / "state")
    assert (found.index, found.state) == (tmp_path / "index", tmp_path / "state")


@pytest.mark.parametrize("value", ["auto", "yes", "no"])
def test_ascii_is_one_of_three_words(tmp_path: Path, value: str) -> None:
    found = settings(environment={"READER_READING__ASCII": value}, folder=tmp_path)
    assert (found.ascii, found.warnings) == (value, ())


def test_another_word_for_ascii_is_said_and_not_used(tmp_path: Path) -> None:
    found = settings(environment={"READER_READING__ASCII": "maybe"}, folder=tmp_path)
    assert found.ascii == "auto"
    assert "reading.ascii = 'maybe' is not usable" in found.warnings[0]


def test_justify_and_copy_command_are_read_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[reading]\njustify = true\ncopy_command = "wl-copy"\n', encoding="utf-8")
    found = settings(config=file, environment={}, folder=tmp_path)
    assert (found.justify, found.copy_command) == (True, "wl-copy")
