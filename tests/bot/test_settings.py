"""Settings are read once, and a bad one stops the start with a sentence."""

from pathlib import Path

import pytest

from bot.settings import BadSetting, Settings
from commands.runtime.processes import child_environment
from tests.every import every


def test_nothing_has_to_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env({})
    assert settings.var == tmp_path / "var"
    assert settings.key_file == tmp_path / "var" / "master.key"
    assert (settings.host, settings.port, settings.desk_port) == ("127.0.0.1", 8080, 8081)
    assert (settings.keep("web"), settings.keep("sms"), settings.keep("telegram")) == (900, 86_400, 86_400)


@every(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０８０"),
        ("PORT", "-1"),
        ("PORT", "http"),
        ("DESK_PORT", "1.5"),
        ("ENGINE_PORTS", "5005,"),
        ("ENGINE_PORTS", "5005;5006"),
        ("ENGINE_PORTS", "70000"),
        ("PUBLIC_URL", "hotline.example"),
        ("EXIT_URL", "javascript:alert(1)"),
        ("LOG_LEVEL", "everything"),
        ("DIRECTORY_UNCHECKED", "maybe"),
        ("DIRECTORY_API", "open"),
        ("QUIETLINE_ENV", "live"),
        ("HOME_COUNTRY", "Mexico"),
        ("HOME_COUNTRY", "QX"),
        ("ACCEPT_DRAFTED", "all"),
        ("ACCEPT_DRAFTED", "es;fr"),
        ("FRAME_HOSTS", "ngo.example"),
        ("FRAME_HOSTS", "*"),
        ("FRAME_HOSTS", "https://*.ngo.example"),
        ("FRAME_HOSTS", "http://ngo.example"),
        ("FRAME_HOSTS", "https://ngo.example/chat"),
        ("FRAME_HOSTS", "https://ngo.example; script-src *"),
        ("FRAME_HOSTS", "https://ngo.example https://other.example"),
        ("ONION_LOCATION", "https://ngo.example"),
        ("ONION_LOCATION", "http://short.onion"),
        ("ONION_LOCATION", "http://" + "a" * 56 + ".onion/path"),
        ("KEEP_WEB_SECONDS", "901"),
        ("KEEP_PHONE_SECONDS", "86401"),
        ("KEEP_SEEN_SECONDS", "172801"),
        ("REDIS_URL_FILE", "/nowhere/at/all"),
        ("DESK_TIME_ZONE", "Europe/Atlantis"),
        ("DESK_TIME_ZONE", "../../etc/passwd"),
        ("DUTY_HOURS", "nine to five"),
        ("MOST_TALKS", "4"),
        ("MOST_SEVERE_TALKS", "0"),
        ("CONFIRM_SHIFTS", "perhaps"),
        ("PUSH_SERVICES", "https://push.example"),
        ("PUSH_SERVICES", "everybody"),
        ("ANSWER_WITHIN", "61,121"),
        ("ANSWER_WITHIN", "60,120,300,5"),
        ("ANSWER_WITHIN", "60,120,300,soon"),
        ("ALARM_WEBHOOK_URL", "hooks.example/abc"),
        ("TRANSLATE_URL", "http://translate.example"),
        ("ALARM_MAIL_TO", "nobody"),
        ("ALARM_MAIL_TO", "a@example.org\nBcc: b@example.org"),
        ("SMTP_PORT", "0"),
        ("SMTP_SECURITY", "maybe"),
        ("DESK_FRONT", "front"),
        ("ENGINE_URLS", "one:5005"),
        ("ENGINE_URLS", "http://one:5005, http://engine.example:5005"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=rf"^{name} .*\.$") as bad:
        Settings.from_env({name: value})
    assert value not in str(bad.value)


def test_notifications_need_a_contact_for_the_services() -> None:
    with pytest.raises(BadSetting, match="belong together"):
        Settings.from_env({"PUSH_SERVICES": "*.push.apple.com"})
    given = {"PUSH_SERVICES": "*.push.apple.com, fcm.googleapis.com", "PUSH_CONTACT": "a@example.org"}
    assert Settings.from_env(given).push_services == ("*.push.apple.com", "fcm.googleapis.com")


def test_an_alarm_by_mail_needs_a_server_and_a_sender() -> None:
    given = {"ALARM_MAIL_TO": "a@example.org, b@example.org", "ALARM_MAIL_FROM": "desk@example.org"}
    with pytest.raises(BadSetting, match="belong together"):
        Settings.from_env(given)
    assert Settings.from_env({**given, "SMTP_HOST": "mail"}).alarm_mail_to == ("a@example.org", "b@example.org")


@every(
    ("given", "shown"),
    [
        ({}, True),
        ({"HOTLINE_KEY_FILE": "/secrets/key"}, False),
        ({"HOTLINE_KEY_FILE": "/secrets/key", "DIRECTORY_UNCHECKED": "show"}, True),
        ({"ENGINE_KEY_FILE": "/secrets/key"}, False),
        ({"DIRECTORY_UNCHECKED": "hide"}, False),
        ({"QUIETLINE_ENV": "production"}, False),
    ],
)
def test_only_a_demonstration_shows_what_nobody_has_checked(given: dict[str, str], shown: bool) -> None:
    settings = Settings.from_env(given)
    assert settings.directory_unchecked is shown
    assert child_environment(settings)["DIRECTORY_UNCHECKED"] == ("show" if shown else "hide")


def test_a_blank_value_is_as_good_as_none() -> None:
    assert Settings.from_env({"PORT": " ", "REDIS_URL": ""}).port == 8080


def test_a_secret_may_come_as_a_file_and_the_file_wins(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("redis://:word@host\n")
    env = {"REDIS_URL": "redis://other", "REDIS_URL_FILE": str(tmp_path / "secret")}
    assert Settings.from_env(env).redis_url == "redis://:word@host"


def test_a_secret_that_came_as_a_file_is_known_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("redis://:word@host\n")
    settings = Settings.from_env({"REDIS_URL_FILE": str(tmp_path / "secret"), "SMTP_PASSWORD": "word"})
    assert settings.secret_files == (("REDIS_URL_FILE", tmp_path / "secret"),)


def test_countries_and_languages_are_read_in_any_case() -> None:
    settings = Settings.from_env({"HOME_COUNTRY": "mx", "ACCEPT_DRAFTED": "ES, zh-hans"})
    assert (settings.home_country, settings.accept_drafted) == ("MX", ("es", "zh-Hans"))


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("redis://redis:6379", "redis://:p%40ss%2Fword@redis:6379"),
        ("redis://engine@redis:6379", "redis://engine:p%40ss%2Fword@redis:6379"),
        ("redis://:other@redis:6379", "redis://:other@redis:6379"),
        ("", ""),
    ],
)
def test_the_password_of_redis_may_come_by_itself(tmp_path: Path, url: str, whole: str) -> None:
    (tmp_path / "password").write_text("p@ss/word\n")
    assert Settings.from_env({"REDIS_URL": url, "REDIS_PASSWORD_FILE": str(tmp_path / "password")}).redis_url == whole


def test_several_engines_may_be_named() -> None:
    here = Settings.from_env({"ENGINE_PORTS": "5005, 5006"})
    assert here.engines == ("http://127.0.0.1:5005", "http://127.0.0.1:5006")
    elsewhere = Settings.from_env({"ENGINE_URLS": "http://one:5005/, http://10.0.0.2:5005"})
    assert elsewhere.engines == ("http://one:5005", "http://10.0.0.2:5005")


def test_the_sites_that_may_frame_the_page_are_read_as_browsers_write_them() -> None:
    env = {"FRAME_HOSTS": "https://NGO.example/, https://b.example:8443,https://ngo.example"}
    assert Settings.from_env(env).frame_hosts == ("https://ngo.example", "https://b.example:8443")


def test_a_key_file_that_was_named_is_never_made_by_us() -> None:
    assert Settings.from_env({"HOTLINE_KEY_FILE": "/keys/master"}).key_file_given
    assert not Settings.from_env({}).key_file_given


@every("value", ["https://℀.example", "http://["])
def test_what_a_library_says_of_a_bad_value_is_not_passed_on(value: str) -> None:
    # urllib puts the address into its own message.
    with pytest.raises(BadSetting, match=r"^TRANSLATE_URL cannot be read\.$"):
        Settings.from_env({"TRANSLATE_URL": value})
