"""What is built from is what was looked at: the base, uv, packages and their licences; and no secret is among the files."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from commands.deploy.sbom import ALLOWED, COPYLEFT, main, refused, with_licences
from tests.every import every

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LOCK: dict[str, Any] = {
    package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
}
DIGEST = f"sha256:{'0' * 64}"


def steps(stage: str) -> list[str]:
    """The lines of a stage of the Dockerfile, each with what it goes on with."""
    inside = re.search(rf"^FROM \S+ AS {stage}\n(.*?)(?=^FROM |\Z)", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert inside
    return [line for line in re.sub(r"\\\n\s*", "", inside[1]).splitlines() if line and line[0] != "#"]


def builds_on(base: str, by_tag: str = "") -> tuple[int, str]:
    """What the first step of every image answers to a base."""
    arguments, check = steps("someone")[:2]
    assert (arguments, check[:4]) == ("ARG BASE BASE_BY_TAG", "RUN ")
    env = {"PATH": os.environ["PATH"], "BASE": base, "BASE_BY_TAG": by_tag}
    done = subprocess.run(["sh", "-c", check[4:]], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.process
@every("base", ["debian:trixie-slim", "debian", "debian@sha256:0", f"debian:{DIGEST}", f"debian@{DIGEST}/x", ""])
def test_nothing_is_built_on_a_base_that_somebody_could_swap(base: str) -> None:
    code, told = builds_on(base)
    assert code == 1
    assert "without a digest" in told


@pytest.mark.process
def test_a_base_with_its_digest_or_one_of_ones_own_is_built_on() -> None:
    assert builds_on(f"debian:trixie-slim@{DIGEST}") == (0, "")
    assert builds_on("localhost/trixie:base", "accepted") == (0, "")


def test_every_image_begins_with_that_step() -> None:
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, re.MULTILINE)
    ours = [stage for _, stage in stages]
    assert [pair for pair in stages if pair[0] not in ours] == [("${BASE}", "someone")]


def test_uv_is_one_version_with_its_hashes() -> None:
    first, *hashes = (ROOT / "deploy" / "uv.txt").read_text("utf-8").splitlines()
    assert re.fullmatch(r"uv==[0-9.]+ \\", first)
    assert hashes and all(re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)


@every("source", [DOCKERFILE, MAKEFILE])
def test_uv_is_installed_only_if_its_hash_is_right(source: str) -> None:
    installs = re.findall(r"pip install [^\n]*", source)
    assert len(installs) == 1
    assert "--no-deps --require-hashes --requirement" in installs[0]


@every("package", [package for package in LOCK.values() if "registry" in package["source"]])
def test_each_package_is_pinned_by_hash(package: dict[str, Any]) -> None:
    files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
    assert files and all(re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]) for file in files)


def test_nothing_comes_along_that_rasa_could_call_out_with_and_never_uses() -> None:
    unused = {"aio-pika", "aiormq", "apscheduler", "boto3", "botocore", "confluent-kafka", "psycopg2-binary", "pymongo"}
    assert LOCK.keys() & (unused | {"sanic-cors", "sanic-jwt", "sentry-sdk", "slack-sdk", "tensorflow"}) == set()


def at_run_time() -> set[str]:
    """The packages that the image holds: all that ours needs, and what that needs."""
    found, left = set[str](), ["quietline"]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            package = LOCK[name]
            extras = [each for group in package.get("optional-dependencies", {}).values() for each in group]
            left += [each["name"] for each in (*package.get("dependencies", ()), *extras)]
    return found - {"quietline"}


def test_every_package_that_runs_has_a_licence_that_was_read() -> None:
    assert refused(at_run_time()) == {}


def test_the_packages_with_copyleft_are_those_that_the_page_names() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    [told] = [line for line in page.splitlines() if line.startswith("Copyleft among")]
    assert [name for name in COPYLEFT if name not in told] == []


def test_a_licence_that_nobody_has_read_is_refused() -> None:
    assert refused(["hypothesis"]) == {"hypothesis": ["MPL-2.0"]}
    assert "MPL-2.0" not in ALLOWED


def test_a_package_that_only_another_system_has_is_no_reason_to_refuse() -> None:
    assert refused(["a-package-that-is-not-there"]) == {}


def test_the_bill_of_materials_names_licences(tmp_path: Path) -> None:
    parts = [{"name": "jinja2", "version": "3"}, {"name": "a-package-that-is-not-there", "version": "1"}]
    jinja, other = with_licences({"components": parts})["components"]
    assert jinja["licenses"] == [{"license": {"name": "BSD License"}}]
    assert "licenses" not in other
    (tmp_path / "sbom.json").write_text(json.dumps({"components": [{"name": "hypothesis"}]}))
    assert main(tmp_path / "sbom.json") == 1


def test_each_hole_that_was_left_is_explained() -> None:
    [judged] = re.findall(r"^JUDGED := (.*)$", MAKEFILE, re.MULTILINE)
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    assert [name for name in judged.split() if f"| {name} " not in page] == []


# None of these is one: each is made of zeros, letters in a row, or taken apart.
SECRETS = {
    "telegram.py": "TOKEN = '" + "0" * 10 + ":" + "A" * 35 + "'",
    "twilio.py": "AC" + "0" * 32,
    "auth.yml": "twilio_auth_token: " + "0" * 32,
    "key.txt": "A" * 43 + "=",
    "settings.py": "MASTER_KEY = '" + "A" * 43 + "='",
    "cert.txt": "-----BEGIN EC PRIVATE" + " KEY-----",
    "second.txt": "otpauth:" + "//totp/x?secret=" + "A" * 32,
    "redis.yml": "redis:" + "//:" + "a" * 24 + "@redis:6379",
    "cloud.py": "AKIA" + "A" * 16,
    "secrets/redis_password": "x",
    "master.key": "x",
    ".env": "PORT=8080",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def committing(repository: Path, name: str, text: str) -> tuple[int, str]:
    """What the hook says of a file that is about to be committed."""
    (repository / name).parent.mkdir(exist_ok=True)
    (repository / name).write_text(f"before\n{text}\nafter\n")
    subprocess.run(["git", "add", "--force", name], cwd=repository, check=True)
    hook = ROOT / ".githooks" / "pre-commit"
    done = subprocess.run([hook], cwd=repository, capture_output=True, text=True, check=False)
    subprocess.run(["git", "rm", "--quiet", "--force", "--cached", name], cwd=repository, check=True)
    return done.returncode, done.stdout


@pytest.mark.process
@every("name", SECRETS)
def test_a_secret_is_stopped_before_it_is_committed_and_not_shown(repository: Path, name: str) -> None:
    code, told = committing(repository, name, SECRETS[name])
    assert (code, name in told) == (1, True)
    assert SECRETS[name] not in told


@pytest.mark.process
def test_ordinary_files_are_let_through(repository: Path) -> None:
    lines = "telegram token: TELEGRAM_TOKEN_FILE\n+52 55 1234 5678\nhttps://example.org\nredis://:${PASSWORD}@redis\n"
    assert committing(repository, "page.txt", lines + "sha256:" + "a" * 64) == (0, "")


@pytest.mark.process
def test_no_file_of_ours_holds_a_secret() -> None:
    done = subprocess.run(
        [ROOT / ".githooks" / "secrets", "--all"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
