"""What code, docs and data cite can be looked up: every page that is named exists, and every rule stands on a page of rules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.every import every

ROOT = Path(__file__).parent.parent
RULES, REQUIREMENTS = "docs/rules.md", "docs/requirements.md"
FOLDERS = ("bot", "actions", "channels", "desk", "resources_directory", "commands", "tests", "data", "docs", "deploy")
CODE = (".py", ".lua", ".sql", ".js", ".css", ".html", ".sh", "Dockerfile", "Makefile", "Caddyfile")
WORDS = (".md", ".yml", ".po", ".txt", ".toml", ".conf", ".example")
# By `quietline bench --directory --write`, with the numbers of the machine at hand.
WRITTEN_ON_DEMAND = {"docs/directory_speed.md"}

ADDRESS = re.compile(r"\w+://\S+")  # those of Moldova end in .md too
LINK_TEXT = re.compile(r"\[[^\]]*\]\(")
COMMENT = re.compile(r"(?:^|\s)#.*")
PAGE = re.compile(r"(?P<link>\]\()?(?P<page>[\w./-]*\w\.md)\b")
NUMBER = r"S?\d+(?:\.\d+)?"
REQUIREMENT = re.compile(r"\bP[0-4]\d\b")
SECTION = re.compile(rf"\b(Safety|Screening|Design) ({NUMBER}(?:, {NUMBER})*(?: (?:and|to) {NUMBER})?)(?!\w)")
CITING = re.compile(rf"\.md\b|{REQUIREMENT.pattern}|\b(?:Safety|Screening|Design) S?\d")
ANCHOR = re.compile(r'<a id="([\w.-]+)"></a>')


def texts(root: Path) -> Iterator[Path]:
    """All files of ours that somebody reads, but this one, which names pages and rules that do not exist."""
    found = [*root.iterdir(), *(path for folder in FOLDERS for path in (root / folder).rglob("*"))]
    ours = (path for path in found if path.is_file() and path.name.endswith(CODE + WORDS))
    return (path for path in ours if path.name != Path(__file__).name)


def anchors(root: Path) -> list[str]:
    """The rules of the project by their anchors: p21, safety-0.12, screening-s4."""
    pages = [root / name for name in (RULES, REQUIREMENTS)]
    return [anchor for page in pages if page.exists() for anchor in ANCHOR.findall(page.read_text("utf-8"))]


def cited_rules(line: str) -> Iterator[tuple[str, str]]:
    """Each rule that a line cites, with its anchor."""
    for rule in REQUIREMENT.findall(line):
        yield rule, rule.lower()
    for part, numbers in SECTION.findall(line):
        for number in re.findall(NUMBER, numbers):
            yield f"{part} {number}", f"{part}-{number}".lower()


def missing_pages(root: Path, home: Path, line: str) -> Iterator[str]:
    """Each page that a line names and that is neither at the root nor in the folder of the line."""
    if "tmp_path" in line:
        return  # what a test writes for itself
    joined = LINK_TEXT.sub("](", ADDRESS.sub("", line)).replace('" / "', "/")
    for found in PAGE.finditer(joined):
        # A link that code writes is read where the pages are.
        places = (root, home, root / "docs") if found["link"] else (root, home)
        if found["page"] not in WRITTEN_ON_DEMAND and not any((place / found["page"]).is_file() for place in places):
            yield found["page"]


def citing_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line that may cite something, with its number. In our data only comments do; the rest is words of others."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    for number in sorted({text.count("\n", 0, found.start()) for found in CITING.finditer(text)}):
        line = lines[number]
        yield number + 1, "".join(COMMENT.findall(line)) if path.suffix == ".yml" else line


def broken_references(root: Path) -> list[str]:
    """Each reference that leads nowhere, with file and line."""
    known = set(anchors(root))
    broken = []
    for path in texts(root):
        for number, line in citing_lines(path):
            missing = [rule for rule, anchor in cited_rules(line) if anchor not in known]
            where = f"{path.relative_to(root).as_posix()}:{number}"
            broken += [f"{where}: {each}" for each in (*missing_pages(root, path.parent, line), *missing)]
    return sorted(broken)


@pytest.mark.long
def test_every_page_and_every_rule_that_is_cited_can_be_looked_up() -> None:
    assert broken_references(ROOT) == []


@every(
    ("file", "line", "broken"),
    [
        ("bot/vault.py", "# Erasing destroys the key (P17).", []),
        ("bot/vault.py", "# Erasing destroys the key (P18).", ["P18"]),
        ("bot/vault.py", "# The order is that of docs/rules.md, Safety 12: who has waited longest.", []),
        ("bot/vault.py", "# The order is that of docs/rules.md, Safety 13.", ["Safety 13"]),
        ("bot/vault.py", '"""Ask (Safety 12 and 0.12, Screening S4)."""', []),
        (
            "bot/vault.py",
            '"""Ask (Safety 0.13, 12 and 14, Screening S4 to S9)."""',
            ["Safety 0.13", "Safety 14", "Screening S9"],
        ),
        ("bot/vault.py", "# The limits of safety.md, section 5.", ["safety.md"]),
        ("bot/vault.py", "# The limits of domain/rules.md.", ["domain/rules.md"]),
        ("bot/vault.py", "# The limits (rules.md, section 5).", ["rules.md"]),
        ("bot/vault.py", 'PAGE = ROOT / "docs" / "rules.md"', []),
        ("bot/vault.py", 'PAGE = ROOT / "docs" / "gone.md"', ["docs/gone.md"]),
        ("bot/vault.py", 'yield "told in [rules.md](rules.md) and [gone.md](gone.md)"', ["gone.md"]),
        ("docs/vault.md", "[The rules](rules.md#p17), [the door](../README.md)", []),
        ("docs/vault.md", "[The rules](rule.md#p17)", ["rule.md"]),
        ("data/lines.yml", "url: https://lastrada.md/#home  # see docs/gone.md", ["docs/gone.md"]),
        ("data/lines.yml", "evidence: 'Day and night; online at telefonulcopilului.md.'", []),
        ("Makefile", "# How to run it: docs/gone.md", ["docs/gone.md"]),
    ],
)
def test_a_reference_that_leads_nowhere_is_seen(tmp_path: Path, file: str, line: str, broken: list[str]) -> None:
    at = tmp_path / str(len(list(tmp_path.iterdir())))  # each case in a folder of its own
    (at / "docs").mkdir(parents=True)
    (at / "README.md").touch()
    ids = ("p17", "safety-12", "safety-0.12", "screening-s4")
    (at / RULES).write_text("".join(f'<a id="{each}"></a>\n' for each in ids), "utf-8")
    (at / file).parent.mkdir(exist_ok=True)
    (at / file).write_text(line, "utf-8")
    assert broken_references(at) == sorted(f"{file}:1: {each}" for each in broken)


def test_all_requirements_of_privacy_and_all_rules_of_safety_have_an_anchor() -> None:
    expected = {f"p{number:02}" for number in range(1, 41)} | {f"safety-0.{number}" for number in range(1, 15)}
    assert expected - set(anchors(ROOT)) == set()


def test_no_rule_stands_twice() -> None:
    found = anchors(ROOT)
    assert [anchor for anchor in found if found.count(anchor) > 1] == []


def test_every_test_that_proves_a_rule_exists() -> None:
    texts = [(ROOT / page).read_text("utf-8") for page in (RULES, REQUIREMENTS)]
    named = {module for text in texts for module in re.findall(r"\btests/[\w/]+\.py\b", text)}
    assert sorted(module for module in named if not (ROOT / module).is_file()) == []
    assert len(named) > 20
