"""The register as linked data for search engines: an organisation and its accounts.

schema.org has no class for an account, so the convention is `GovernmentOrganization`
with `sameAs`. What has closed is not there: it is not us any more.
"""

import json
from collections.abc import Iterable
from typing import Final

from django.conf import settings

from uppsikt.channels.register_record import Link
from uppsikt.channels.register_rows import Register, Shown

# What could end the script element, or a line of JavaScript (ECMA-262, 12.3).
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"} | {
    chr(code): f"\\u{code:04x}" for code in (0x2028, 0x2029)
}
_ESCAPE: Final = str.maketrans(_UNSAFE)


def linked(register: Register, link: Link) -> str:
    """Return the register as JSON-LD that is safe inside a script element."""
    told = json.dumps(_organisation(register, link), ensure_ascii=False, indent=1)
    return told.translate(_ESCAPE)


def _organisation(register: Register, link: Link) -> dict[str, object]:
    standing = [s for s in register.shown if not s.closed]
    names = sorted({s.department for s in standing if s.department})
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": link("") + "#organisation",
        "name": register.municipality,
        "url": link(""),
        **_numbered(),
        "sameAs": [s.url for s in standing if not s.department],
        "department": [_department(n, standing, link) for n in names],
    }


def _numbered() -> dict[str, object]:
    if not settings.ORGANISATION_NUMBER:
        return {}
    number = {
        "@type": "PropertyValue",
        "propertyID": "organisationsnummer",
        "value": settings.ORGANISATION_NUMBER,
    }
    return {"identifier": number}


def _department(name: str, standing: Iterable[Shown], link: Link) -> dict[str, object]:
    own = [s for s in standing if s.department == name]
    return {
        "@type": "GovernmentOrganization",
        "name": name,
        "sameAs": [s.url for s in own],
        "contactPoint": [_contact(s, link) for s in own if s.contact],
    }


def _contact(s: Shown, link: Link) -> dict[str, object]:
    return {
        "@type": "ContactPoint",
        "contactType": s.name,
        "email": s.contact,
        "availableLanguage": "sv",
        "url": link(s.slug),
    }
