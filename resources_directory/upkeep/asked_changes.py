"""What an organisation may ask to change of its own entry: its facts as plain lines, and lines back as facts."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import Service
from resources_directory.stewards.entry_form import facts, shown
from resources_directory.stewards.verification import CheckRefused

_MANY = "interpreters"  # mul: they or many more languages


def facts_of_organisation(service: Service) -> dict[str, str]:
    """Return what an organisation is shown of its entry, by field."""
    fields = shown(service)
    return {
        "numbers": "\n".join(fields["phone_number"]),
        "hours": "".join(fields["hours"]),
        "languages": ", ".join(_language(code) for code in service.languages),
        "url": service.url or "",
        "email": service.email or "",
        "note": "",
    }


def asked_facts(wanted: Mapping[str, str], service: Service, country: str) -> dict[str, Any]:
    """Return the facts that differ, as in a file; raise CheckRefused with what cannot be read."""
    fields = dict(shown(service))
    for name in ("hours", "url", "email"):
        if name in wanted:
            fields[name] = [wanted[name]]
    if "languages" in wanted:
        fields["languages"] = [",".join(_code(name) for name in wanted["languages"].split(",") if name.strip())]
    if "numbers" in wanted:
        numbers = [line.strip() for line in wanted["numbers"].splitlines() if line.strip()]
        known = {digits(phone.number): phone for phone in service.phones}
        old = [known.get(digits(number)) for number in numbers]
        fields["phone_number"] = [phone.number if phone else number for phone, number in zip(old, numbers, strict=True)]
        fields["phone_type"] = [phone.type if phone else "voice" for phone in old]
        fields["phone_word"] = [(phone.word or "") if phone else "" for phone in old]
    return facts(fields, service, country)


def _language(code: str) -> str:
    return _MANY if code == "mul" else str(Locale("en").languages.get(code.replace("-", "_"), code))


def _code(name: str) -> str:
    plain = " ".join(name.casefold().split())
    code = "mul" if plain == _MANY else _codes().get(plain)
    if code is None:
        raise CheckRefused(
            "%(name)s is no language that we know by this name: correct the entry by hand.", name=repr(name.strip())
        )
    return code


@cache
def _codes() -> Mapping[str, str]:
    names = {str(name).casefold(): str(code).replace("_", "-") for code, name in Locale("en").languages.items()}
    return names | {code.casefold(): code for code in names.values()}
