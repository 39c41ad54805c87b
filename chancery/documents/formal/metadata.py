"""What an Akoma Ntoso file says about its text: names, dates, who, the versions, the digest."""

from typing import Any

from lxml.builder import ElementMaker

from chancery.core.charter import LANGUAGE_NAMES

from .names import Expression, Named, alpha_3
from .text import sound

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:chancery:record"
AKN = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_RECORD = ElementMaker(namespace=OWN, nsmap={"record": OWN})
_BY = "#chancery"  # who marked the text up: the program, and no officer of the organisation


def meta(of: Expression) -> Any:
    """The metadata of the whole text."""
    return AKN.meta(
        identification(of, "!main"),
        AKN.publication(
            date=of.edition.circulated.isoformat(), name="circulation", showAs=sound(of.called), number=sound(of.called)
        ),
        _lifecycle(of),
        _references(of),
        _record(of),
    )  # fmt: skip


def identification(of: Expression, component: str) -> Any:
    """The names of the text, or of one of its annexes (`!annex_1`), as work, expression and manifestation."""
    first, day = of.editions[0].circulated.isoformat(), of.edition.circulated.isoformat()
    body, written = _value("FRBRauthor", href="#body"), _value("FRBRauthor", href=_BY)
    translated = of.translated
    return AKN.identification(
        AKN.FRBRWork(
            *_uris(of.work, component), *_alias(of, component),
            _value("FRBRdate", date=first, name="circulation"), body,
            _value("FRBRcountry", value=of.organisation.ref), _value("FRBRsubtype", value=of.kind.value),
            _value("FRBRnumber", value=of.ref),
        ),
        AKN.FRBRExpression(
            *_uris(of.expression(), component), _value("FRBRdate", date=day, name="circulation"),
            *([_value("FRBRdate", date=translated.circulated.isoformat(), name="translation")] if translated else []),
            _value("FRBRauthor", href="#body"),
            *([_value("FRBRversionNumber", value=of.edition.suffix)] if of.edition.suffix else []),
            _value("FRBRauthoritative", value=_said(of.is_authoritative)),
            _value("FRBRlanguage", language=alpha_3(of.language)), *_translation(of),
        ),
        AKN.FRBRManifestation(
            _value("FRBRthis", value=f"{of.expression()}/{component}.xml"),
            _value("FRBRuri", value=f"{of.expression()}.akn"),
            _value("FRBRdate", date=day, name="circulation"), written,
            _value("FRBRformat", value="application/akn+xml"),
        ),
        source=_BY,
    )  # fmt: skip


def _uris(uri: str, component: str) -> list[Any]:
    return [_value("FRBRthis", value=f"{uri}/{component}"), _value("FRBRuri", value=uri)]


def _alias(of: Expression, component: str) -> list[Any]:
    """The symbol: of the whole, since an annex has none of its own."""
    named = of.symbol and component == "!main"
    return [_value("FRBRalias", value=of.symbol, name="symbol")] if named else []


def _translation(of: Expression) -> list[Any]:
    if of.translated is None:
        return []
    language = of.translated.language
    return [
        _value(
            "FRBRtranslation", href=of.expression(language=language), fromLanguage=alpha_3(language), by="#body",
            authoritative=_said(of.is_authoritative),
        )
    ]  # fmt: skip


def _lifecycle(of: Expression) -> Any:
    """Each version up to this one as an event; a later one makes no difference to what this file says."""
    events = [
        AKN.eventRef(
            eId=f"event_{one.position}", date=one.circulated.isoformat(), source=f"#version_{one.position}",
            type="amendment" if one.suffix else "generation",
        )
        for one in of.editions
    ]  # fmt: skip
    return AKN.lifecycle(*events, source=_BY)


def _references(of: Expression) -> Any:
    versions = [
        (AKN.passiveRef if one.suffix else AKN.original)(
            eId=f"version_{one.position}", href=of.expression(one),
            showAs=sound("/".join(filter(None, (of.symbol or of.ref, one.suffix)))),
        )
        for one in of.editions
    ]  # fmt: skip
    here, language = of.organisation.ref, alpha_3(of.language)
    spoken = Named(of.language, LANGUAGE_NAMES.get(of.language, of.language))
    return AKN.references(
        *versions,
        _thing("TLCOrganization", "organisation", here, of.organisation),
        _thing("TLCOrganization", "body", f"{here}.{of.body.ref}", of.body),
        _thing("TLCConcept", "language", f"language.{language}", spoken),
        _thing("TLCProcess", "chancery", "chancery", Named("chancery", "Chancery")),
        source=_BY,
    )


def _thing(element: str, own: str, ref: str, named: Named) -> Any:
    kind = element.removeprefix("TLC").lower()
    return AKN(element, eId=own, href=f"/akn/ontology/{kind}/{ref}", showAs=sound(named.name))


def _record(of: Expression) -> Any:
    """What Akoma Ntoso has no word for: the digests that identify the text, and where it was learnt."""
    parts = [_RECORD.digest(of.digest, algorithm="SHA-256", language=of.language)]
    if of.translated:
        parts.append(_RECORD.original(of.adopted, algorithm="SHA-256", language=of.translated.language))
    parts += [_RECORD.source(sound(one.name), ref=one.ref) for one in of.sources]
    parts.append(_RECORD.issued(_said(of.issued)))
    return AKN.proprietary(*parts, source=_BY)


def _value(element: str, **attributes: str) -> Any:
    return AKN(element, {name: sound(value) for name, value in attributes.items()})


def _said(value: bool) -> str:
    return "true" if value else "false"
