"""A production start refuses each weak setting with a sentence; a demonstration starts with all of them."""

import base64
from pathlib import Path

import pytest
import redis
from typer.testing import CliRunner

from bot.crypto.vault import make_key_file
from bot.settings import Settings
from commands.languages.language_table import drafted
from commands.runtime.production import NotFit, demand, refusals
from commands.runtime.redis_server import OwnRedis
from quietline import app

Env = dict[str, str]
STRONG = "qD7v-hZ2m-Xr9k-Lw4t"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def secret(folder: Path, name: str, text: str, mode: int = 0o600) -> str:
    path = folder / name
    path.write_text(text)
    path.chmod(mode)
    return str(path)


@pytest.fixture
def strong(folder: Path) -> Env:
    make_key_file(folder / "key")
    return {
        "QUIETLINE_ENV": "production",
        "HOTLINE_KEY_FILE": str(folder / "key"),
        "PUBLIC_URL": "https://chat.example",
        "REDIS_URL": f"redis://:{STRONG}@redis:6379/0",
        "ACCEPT_DRAFTED": ",".join(drafted()),
    }


def refused(env: Env) -> list[str]:
    return [one.says for one in refusals(Settings.from_env(env))]


def test_strong_settings_are_let_through(strong: Env) -> None:
    demand(Settings.from_env(strong))


def test_without_a_redis_of_others_there_is_no_password_to_ask_for(strong: Env) -> None:
    assert refused(strong | {"REDIS_URL": ""}) == []


def test_a_demonstration_may_be_as_weak_as_it_likes() -> None:
    demand(Settings.from_env({"REDIS_URL": "redis://redis", "DIRECTORY_UNCHECKED": "show"}))


@pytest.mark.parametrize(
    ("weak", "sentence"),
    [
        ({"HOTLINE_KEY_FILE": ""}, "No file of a master key is named: HOTLINE_KEY_FILE is empty."),
        ({"HOTLINE_KEY_FILE": "/nowhere"}, "The file of the master key (HOTLINE_KEY_FILE) cannot be read."),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing: webhooks have nowhere to come to, and no signature can be checked."),
        ({"PUBLIC_URL": "http://chat.example"}, "PUBLIC_URL begins with http://: what people write would be readable on the way."),
        ({"REDIS_URL": "redis://redis:6379"}, "Redis is reached without a password: anybody near it can erase talks."),
        ({"REDIS_URL": "redis://quietline@redis"}, "Redis is reached without a password: anybody near it can erase talks."),
        ({"REDIS_URL": "redis"}, "REDIS_URL is no address of a Redis."),
        (
            {"DIRECTORY_UNCHECKED": "show"},
            "Places that nobody has checked are given out: DIRECTORY_UNCHECKED is show, as in a demonstration.",
        ),
    ],
)  # fmt: skip
def test_each_weak_setting_is_refused_with_a_sentence(strong: Env, weak: Env, sentence: str) -> None:
    assert refused(strong | weak) == [sentence]


@pytest.mark.parametrize(
    "password", ["redis", "foobared", "changeme", "Password1", "quietline", "hotline2026", "123456789"]
)
def test_a_default_password_of_redis_is_refused(strong: Env, password: str) -> None:
    (says,) = refused(strong | {"REDIS_URL": f"redis://:{password}@redis"})
    assert says == "The password of Redis is a default, or one that is guessed first."
    assert refused(strong | {"REDIS_URL": f"redis://redis?password={password}"}) == [says]


def test_a_key_that_anybody_guesses_is_refused(strong: Env, folder: Path) -> None:
    secret(folder, "key", base64.b64encode(bytes(32)).decode())
    assert refused(strong) == ["The master key is not a random one: anybody can guess it."]


def test_a_key_file_that_others_can_read_is_refused(strong: Env, folder: Path) -> None:
    (folder / "key").chmod(0o644)
    assert refused(strong) == ["The file of the master key is open to others: chmod 600 it."]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_secret_in_a_file_that_is_open_to_others_is_refused(strong: Env, folder: Path, mode: int) -> None:
    weak = {"TELEGRAM_TOKEN_FILE": secret(folder, "token", "1:abc", mode)}
    assert refused(strong | weak) == ["The file of TELEGRAM_TOKEN_FILE is open to others."]


def test_settings_that_others_can_read_are_refused(strong: Env, folder: Path) -> None:
    secret(folder, ".env", "TELEGRAM_TOKEN=1:abc", 0o644)
    assert refused(strong) == ["The file of settings (.env) is open to others."]


def test_a_socket_that_everybody_may_open_needs_a_password(strong: Env, folder: Path) -> None:
    socket = secret(folder, "redis.sock", "", 0o777)
    assert refused(strong | {"REDIS_URL": f"unix://{socket}"}) != []
    assert refused(strong | {"REDIS_URL": f"unix://{secret(folder, 'redis.sock', '', 0o770)}"}) == []


def test_drafted_languages_are_refused_by_name_until_each_is_accepted(strong: Env) -> None:
    accepted = [tag for tag in drafted() if tag not in ("fr", "ur")]
    weak = Settings.from_env(strong | {"ACCEPT_DRAFTED": ",".join(accepted)})
    (found,) = refusals(weak)
    assert found.says.endswith("of these languages: fr, ur.")
    ready = found.do.partition("ACCEPT_DRAFTED=")[2]
    assert refused(strong | {"ACCEPT_DRAFTED": ready}) == []


def _entry(name: str, review: str) -> str:
    return f'#. review: {review}\nmsgctxt "{name}"\nmsgid "x"\nmsgstr "y"\n'


def test_a_language_counts_as_drafted_while_one_crisis_phrase_is_unread(tmp_path: Path) -> None:
    read = [_entry("utter_danger", "reviewed by AB, 2027-01-15"), _entry("utter_menu", "drafted")]
    for name, entries in (("read", read), ("unread", [*read, _entry("utter_self_harm", "drafted")])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fr.po").write_text("\n".join(entries))
    assert (drafted(tmp_path / "read"), drafted(tmp_path / "unread")) == ((), ("fr",))


def test_all_reasons_are_said_at_once_and_no_secret_among_them(strong: Env) -> None:
    weak = strong | {"REDIS_URL": "redis://:changeme@redis", "PUBLIC_URL": "", "DIRECTORY_UNCHECKED": "show"}
    with pytest.raises(NotFit) as found:
        demand(Settings.from_env(weak))
    assert str(found.value).count("\n- ") == 3
    assert "changeme" not in str(found.value)


@pytest.mark.parametrize(("each_write", "when"), [(True, "always"), (False, "everysec")])
def test_a_redis_of_our_own_loses_not_even_a_second_in_production(folder: Path, each_write: bool, when: str) -> None:
    own = OwnRedis(folder / "redis", each_write=each_write)
    own.start()
    client = redis.Redis.from_url(own.url, decode_responses=True)
    found = client.config_get("appendfsync")
    client.close()
    own.stop()
    assert found == {"appendfsync": when}


def test_the_start_itself_is_refused_before_anything_is_made(folder: Path) -> None:
    result = CliRunner().invoke(app, ["run"], env={"QUIETLINE_ENV": "production", "QUIETLINE_VAR": str(folder / "var")})
    assert result.exit_code == 1
    assert "No file of a master key is named" in result.stderr
    assert not (folder / "var").exists()
