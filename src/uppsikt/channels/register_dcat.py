"""The register described for dataportal.se, by DCAT-AP-SE 3.0.1, as RDF/XML.

Every node has an address of its own: a blank one cannot be harvested twice the same.
"""

from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET

from django.conf import settings

from uppsikt.channels.register_record import utc

DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EU: Final = "http://publications.europa.eu/resource/authority/"
CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
AUTHORITY: Final = "http://purl.org/adms/publishertype/LocalAuthority"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES: Final = (
    ("csv", "CSV", "kanaler.csv"),
    ("json", "JSON", "kanaler.json"),
    ("jsonld", "JSON_LD", "kanaler.jsonld"),
)
_WORDS: Final = (
    ("sociala medier", "sv"),
    ("konto", "sv"),
    ("kanal", "sv"),
    ("social media", "en"),
)
_TITLE: Final = ("Kanaler i sociala medier", "Social media channels")
_TEXT: Final = (
    "Kommunens alla konton i sociala medier: aktiva, pausade och avslutade, med syfte "
    "och kontakt.",
    "All social media accounts of the municipality: active, paused and closed, with "
    "purpose and contact.",
)
_API: Final = ("Kanalregistret", "The channel register")

for _prefix, _space in (
    ("dcat", DCAT),
    ("dcterms", DCT),
    ("foaf", FOAF),
    ("vcard", VCARD),
    ("rdf", RDF),
):
    ET.register_namespace(_prefix, _space)


class Description:
    """Writes the catalogue of the register that stands at the site `site`."""

    def __init__(self, site: str, municipality: str, changed: datetime | None) -> None:
        self.site = site.rstrip("/")
        self.municipality = municipality
        self.changed = changed
        self.root = ET.Element(f"{{{RDF}}}RDF")

    def written(self) -> bytes:
        """Return the whole file."""
        self._catalogue()
        self._dataset()
        for name, format_, path in _TYPES:
            self._distribution(name, format_, path)
        self._service()
        self._publisher()
        self._contact()
        told: bytes = ET.tostring(self.root, "utf-8", xml_declaration=True)
        return told

    @property
    def publisher(self) -> str:
        number = settings.ORGANISATION_NUMBER
        if number:
            return f"http://dataportal.se/organisation/SE{number}"
        return self._iri("utgivare")

    def _iri(self, name: str) -> str:
        return f"{self.site}/datasets/dcat#{name}"

    def _node(self, kind: str, iri: str) -> ET.Element:
        return ET.SubElement(self.root, kind, {f"{{{RDF}}}about": iri})

    def _catalogue(self) -> None:
        node = self._node(f"{{{DCAT}}}Catalog", self._iri("katalog"))
        _both(node, "title", ("Öppna data om sociala medier", "Open social media data"))
        _both(node, "description", _TEXT)
        _ref(node, f"{{{DCT}}}publisher", self.publisher)
        _ref(node, f"{{{DCT}}}license", CC0)
        _ref(node, f"{{{DCT}}}language", f"{_EU}language/SWE")
        _ref(node, f"{{{FOAF}}}homepage", f"{self.site}/kanaler")
        self._changed(node)
        _ref(node, f"{{{DCAT}}}dataset", self._iri("kanaler"))
        _ref(node, f"{{{DCAT}}}service", self._iri("api"))

    def _dataset(self) -> None:
        node = self._node(f"{{{DCAT}}}Dataset", self._iri("kanaler"))
        _both(node, "title", _TITLE)
        _both(node, "description", _TEXT)
        _ref(node, f"{{{DCT}}}publisher", self.publisher)
        _ref(node, f"{{{DCAT}}}contactPoint", self._iri("kontakt"))
        for word, language in _WORDS:
            _say(node, f"{{{DCAT}}}keyword", word, language)
        _ref(node, f"{{{DCAT}}}theme", f"{_EU}data-theme/GOVE")
        _ref(node, f"{{{DCT}}}accrualPeriodicity", f"{_EU}frequency/DAILY")
        _ref(node, f"{{{DCT}}}accessRights", f"{_EU}access-right/PUBLIC")
        _ref(node, f"{{{DCAT}}}landingPage", f"{self.site}/kanaler")
        self._changed(node)
        for name, _format, _path in _TYPES:
            _ref(node, f"{{{DCAT}}}distribution", self._iri(name))

    def _distribution(self, name: str, format_: str, path: str) -> None:
        node = self._node(f"{{{DCAT}}}Distribution", self._iri(name))
        _say(node, f"{{{DCT}}}title", format_.replace("_", "-"), "sv")
        for told in ("accessURL", "downloadURL"):
            _ref(node, f"{{{DCAT}}}{told}", f"{self.site}/{path}")
        _ref(node, f"{{{DCT}}}license", CC0)
        _ref(node, f"{{{DCT}}}format", f"{_EU}file-type/{format_}")
        availability = "http://data.europa.eu/r5r/availability/stable"
        _ref(node, "{http://data.europa.eu/r5r/}availability", availability)

    def _service(self) -> None:
        node = self._node(f"{{{DCAT}}}DataService", self._iri("api"))
        _both(node, "title", _API)
        _both(node, "description", _TEXT)
        root = f"{self.site}/kanalregister/v1"
        _ref(node, f"{{{DCAT}}}endpointURL", root)
        _ref(node, f"{{{DCAT}}}endpointDescription", f"{root}/openapi.json")
        _ref(node, f"{{{DCAT}}}servesDataset", self._iri("kanaler"))
        _ref(node, f"{{{DCT}}}publisher", self.publisher)
        _ref(node, f"{{{DCAT}}}contactPoint", self._iri("kontakt"))
        _ref(node, f"{{{DCT}}}license", CC0)
        _ref(node, f"{{{DCT}}}accessRights", f"{_EU}access-right/PUBLIC")

    def _publisher(self) -> None:
        node = self._node(f"{{{FOAF}}}Agent", self.publisher)
        _say(node, f"{{{FOAF}}}name", self.municipality or self.site, "sv")
        _ref(node, f"{{{DCT}}}type", AUTHORITY)

    def _contact(self) -> None:
        node = self._node(f"{{{VCARD}}}Organization", self._iri("kontakt"))
        _say(node, f"{{{VCARD}}}fn", self.municipality or self.site)
        _ref(node, f"{{{VCARD}}}hasEmail", f"mailto:{settings.REGISTER_CONTACT}")

    def _changed(self, node: ET.Element) -> None:
        if self.changed:
            told = ET.SubElement(node, f"{{{DCT}}}modified")
            told.set(f"{{{RDF}}}datatype", "http://www.w3.org/2001/XMLSchema#dateTime")
            told.text = utc(self.changed)


def _ref(node: ET.Element, name: str, iri: str) -> None:
    ET.SubElement(node, name, {f"{{{RDF}}}resource": iri})


def _say(node: ET.Element, name: str, text: str, language: str = "") -> None:
    told = ET.SubElement(node, name, {_XML: language} if language else {})
    told.text = text


def _both(node: ET.Element, name: str, texts: tuple[str, str]) -> None:
    for text, language in zip(texts, ("sv", "en"), strict=True):
        _say(node, f"{{{DCT}}}{name}", text, language)
