"""A negotiation to practise on: texts in all stages, made by the acts that anybody uses, so that a newcomer finds
something to do in every role. Days are counted from today. Everything in it is invented.

The texts lie beside the practice record, in `records/rehearsal/`, a file for each language."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.asof import now, today
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.decisions.acts import candidature, handover, room, silence
from chancery.decisions.models import Silence
from chancery.decisions.rules import Verb
from chancery.decisions.rules.candidature import Term
from chancery.decisions.rules.silence import ReplyKind, Shape, expiry, working_day, working_days_after
from chancery.documents.acts import (
    agenda,
    calls,
    drafting,
    notes,
    paragraphs,
    positions,
    proposals,
    register,
    settlement,
)
from chancery.documents.models import Call, Proposal, Version
from chancery.documents.queries import access
from chancery.documents.queries import drafting as drafts
from chancery.documents.reading import files
from chancery.documents.rules.access import Classification
from chancery.documents.rules.drafting import Passage
from chancery.documents.rules.positions import CallKind, Stance
from chancery.documents.rules.proposals import ProposalKind, ProposalStatus, Wish
from chancery.documents.rules.symbols import DocumentKind, Series
from chancery.documents.rules.translation import Standing
from chancery.meetings import acts as meetings
from chancery.meetings.models import Meeting
from chancery.meetings.rules import Format, MeetingKind
from chancery.parties.models import Party
from chancery.people.acts.notes import receive_note
from chancery.people.models import Account

TEXTS = settings.ROOT / "records" / "rehearsal"
SOURCE = "practice"


def is_played() -> bool:
    """Whether there is a negotiation already."""
    return Silence.objects.exists() or Call.objects.exists()


def play(texts: Path = TEXTS) -> None:
    """Plays a whole negotiation up to today, with the practice accounts."""
    cast = Cast(texts)
    cast.flood_warning()
    cast.volunteers()
    cast.mountain_rescue()
    cast.plan()
    cast.chair()
    cast.harbour_lights()
    cast.note()
    cast.river_crossings()
    cast.hand_over()


@dataclass
class Cast:
    """The people of the practice organisation and its sessions around today."""

    texts: Path

    def __post_init__(self) -> None:
        accounts = {one.email.partition("@")[0]: one for one in Account.objects.all()}
        self.documents: Account = accounts["documents"]
        self.presiding: Account = accounts["chair"]
        self.protocol: Account = accounts["protocol"]
        self.focal_point: Account = accounts["focal.xp"]
        self.voices = {party: accounts[f"delegate.{party}"] for party in ("xa", "xb", "xm", "xp", "xu")}
        self.members = sorted(access.on(today()).members)
        officer = accounts["officer"]
        self.group = self._session(
            "swg", -6, _titles("Session of the Special Working Group", "Сессия Специальной рабочей группы"), officer
        )
        self.officials = self._session(
            "soc", 0, _titles("Session of the Senior Officials", "Сессия Комитета старших должностных лиц"), officer
        )

    # ------------------------------------------------------------------------------------------ the texts
    def flood_warning(self) -> None:
        """In the working group: positions are asked for, some given, one capital is awaited, one state objects.
        Bessany, for which nobody signs in, has written a note verbale."""
        version = self._tabled("early-warning", DocumentKind.STATEMENT, "swg", route="statement")
        calls.call(version=version, kind=CallKind.POSITIONS, due=self._at(3, 18), by=self.presiding)
        for party in ("xa", "xm", "xu"):
            self._says(version, party, Stance.CAN_JOIN, blocks=["b2", "b3", "b4", "b5", "b7"])
        self._says(version, "xb", Stance.AWAITING_CAPITAL, blocks=["b5"])
        self._says(version, "xu", Stance.COMMENT, "The offer stands; the month is May.", blocks=["b9"])
        self._says(version, "xm", Stance.RESERVATION, "Our gauges cannot send every 30 minutes.", blocks=["b8"])
        self._says(version, "xb", Stance.OBJECTION, "A report each year would be enough.", blocks=["b10"])
        paragraphs.agree(
            version=version, blocks=["b2", "b3", "b4", "b5"], body=_body("swg"), session=self.group, by=self.presiding
        )
        with (self.texts / "note-verbale.pdf").open("rb") as scan:
            receive_note(party="xc", number="MFA 212/12", dated=today(), scan=scan, by=self.protocol)

    def river_crossings(self) -> None:
        """In the working group: delegations propose other words, and paragraphs; some agree with each other, some do
        not, one wrote in Russian, and the Chair has agreed one proposal."""
        version = self._tabled("river-crossings", DocumentKind.STATEMENT, "swg", route="statement")
        survey, hours, ice, night = "b4", "b5", "b6", "b7"
        (winters,) = self._proposes(
            version, "xa", Wish(
                ProposalKind.WORDS, "b3", "Noting the accidents of three winters on ice that nobody had measured,",
                reason="The third was the worst of them.",
            ),
        )  # fmt: skip
        survey_now = (
            "The Ministers {} the survey of crossings made by experts of nine Member States and invite the Chair to "
            "report on it {}each year."
        )
        (welcome,) = self._proposes(
            version, "xm", Wish(ProposalKind.WORDS, survey, survey_now.format("welcome", ""), reason="It is good work.")
        )
        self._proposes(version, "xp", Wish(ProposalKind.WORDS, survey, survey_now.format("thank for", "")))
        self._proposes(
            version, "xa", Wish(ProposalKind.WORDS, survey, survey_now.format("note", "in writing "),
            reason="What is only said is forgotten by the next winter.")
        )  # fmt: skip
        (twelve,) = self._proposes(
            version, "xu", Wish(
                ProposalKind.WORDS, hours,
                "They agree that a Member State which closes a crossing tells its neighbours within twelve hours.",
                reason="Our ferrymen have no telegraph on Sundays.",
            ),
        )  # fmt: skip
        self._proposes(
            version, "xb", Wish(
                ProposalKind.ALTERNATIVE, ice, "They set up a common service that measures the ice of all rivers which "
                "are borders.", reason="Readings that nobody compares save nobody.",
            ),
        )  # fmt: skip
        (boats,) = self._proposes(
            version, "xm", Wish(ProposalKind.INSERT, text="They invite ports to keep a rescue boat ready from November "
            "to April.", after=ice), Wish(ProposalKind.MOVE, night, after=hours),
        )[:1]  # fmt: skip
        self._proposes(
            version, "xp", Wish(ProposalKind.WORDS, boats.block, "They invite ports to keep a rescue boat and its crew "
            "ready from November to April.")
        )  # fmt: skip
        self._proposes(
            version, "xu", Wish(ProposalKind.WORDS, night, "Они просят Секретариат вести и ежемесячно обновлять список "
            "переправ, открытых ночью."), language="ru",
        )  # fmt: skip
        self._proposes(version, "xb", Wish(ProposalKind.DELETE, night, reason="The ports publish such lists already."))
        for party, proposal in (("xa", welcome), ("xu", welcome), ("xb", twelve)):
            proposals.support(proposal=proposal, party=Party.objects.get(ref=party), by=self.voices[party])
        settlement.settle(
            version=version, proposals=[winters], status=ProposalStatus.AGREED, body=_body("swg"), session=self.group,
            by=self.presiding,
        )  # fmt: skip

    def volunteers(self) -> None:
        """Recommended by the working group; silence of the Senior Officials runs. Observers read it too, and the focal
        point of Maravel has prepared an answer for its delegate."""
        version = self._tabled(
            "volunteers", DocumentKind.MODALITIES, "swg", route="modalities", classification=Classification.PARTIES
        )
        recommended = self._decided(version, "swg", self.group, Verb.RECOMMEND)
        running = self._silence(version, recommended, days=4)
        for party in ("xa", "xm"):
            self._answers(running, party, ReplyKind.ACKNOWLEDGEMENT)
        self._answers(
            running, "xu", ReplyKind.STATEMENT, "Rosmere understands “care” in paragraph 3 as care for health."
        )
        notes.keep_note(
            party="xp", subject=f"silences:{running.ref}", words="Our list for this year is ready.",
            stance=ReplyKind.COMMENT.value, draft=True, by=self.focal_point,
        )  # fmt: skip

    def mountain_rescue(self) -> None:
        """Silence was broken, with wording that could be accepted. It is drafted: circulated, it lets the chair start
        silence anew."""
        version = self._tabled("mountain-rescue", DocumentKind.MEMORANDUM, "swg", route="modalities")
        recommended = self._decided(version, "swg", self.group, Verb.RECOMMEND)
        broken = self._silence(version, recommended, days=5)
        self._answers(broken, "xa", ReplyKind.ACKNOWLEDGEMENT)
        self._answers(
            broken, "xb", ReplyKind.AMENDMENT, "Our valleys are narrower: 15 kilometres would reach a second border.",
            wording="A rescue party may cross the border on foot up to 8 kilometres",
        )  # fmt: skip
        drafting.save_draft(
            document=version.document, edition=0, by=self.documents,
            blocks=[_nearer(one).kept() for one in drafts.writing(version.document).passages],
        )  # fmt: skip

    def plan(self) -> None:
        """Agreed by the working group; before the Senior Officials, who are in session today."""
        version = self._tabled("plan", DocumentKind.PLAN, "swg", route="plan")
        self._decided(version, "swg", self.group, Verb.AGREE)
        item = agenda.add_item(
            meeting=self.officials, number="3", title=_titles("Plan of measures", "План мер"), source=SOURCE,
            by=self.documents,
        )  # fmt: skip
        agenda.put_paper(item=item, document=version.document, by=self.documents)

    def chair(self) -> None:
        """Maravel wishes to chair; the draft decision waits for silence to be proposed."""
        maravel = Party.objects.get(ref="xp")
        declared = candidature.declare(
            party=maravel, term=Term.NEXT, declared=today(), letter="MFA 114/12", by=self.voices["xp"]
        )
        version = self._tabled("candidature", DocumentKind.CANDIDATURE, "soc")
        candidature.put_forward(candidature=declared, document=version.document, by=self.documents)

    def hand_over(self) -> None:
        """The Chair has drawn up what it would hand over, to be countersigned."""
        handover.draw_up(incoming=Party.objects.get(ref="xt"), by=self.presiding)

    def harbour_lights(self) -> None:
        """The chair sounds out delegations before anything is said in the open."""
        version = self._tabled("harbour-lights", DocumentKind.DECLARATION, "swg", route="statement")
        calls.call(version=version, kind=CallKind.SOUNDING, due=self._at(2, 12), by=self.presiding)
        self._says(version, "xa", Stance.CAN_JOIN, blocks=[""], sounding=True)
        self._says(version, "xm", Stance.OBJECTION, "Lights are a matter of defence.", blocks=[""], sounding=True)

    def note(self) -> None:
        """A note that the clock releases to the public in two days."""
        version = self._tabled(
            "seminar-note", DocumentKind.NOTE, "soc", series=Series.INF, classification=Classification.PARTIES
        )
        register.put_under_embargo(
            document=version.document, until=self._at(2, 9), released_as=Classification.PUBLIC, by=self.documents
        )

    # ------------------------------------------------------------------------------------------ what is done
    def _tabled(
        self, name: str, kind: DocumentKind, body: str, *, route: str = "", series: Series = Series.L,
        classification: Classification = Classification.BODY,
    ) -> Version:  # fmt: skip
        """A text is tabled, and circulated with its translation."""
        text, other = (self._read(name, language) for language in ("en", "ru"))
        document = register.table(
            title=LocalizedText({"en": text[0].text, "ru": other[0].text}), kind=kind, body=_body(body), series=series,
            language="en", classification=classification, route=route, source=SOURCE, by=self.documents,
        )  # fmt: skip
        translated = {one.id: there.text for one, there in zip(text, other, strict=True)}
        return drafting.circulate(
            document=document, blocks=text, translations={"ru": translated}, standing=Standing.OFFICIAL,
            source=SOURCE, by=self.documents,
        )  # fmt: skip

    def _read(self, name: str, language: str) -> Sequence[Any]:
        path = self.texts / f"{name}.{language}.md"
        return files.read(path.name, path.read_bytes()).blocks

    def _says(
        self, version: Version, party: str, stance: Stance, words: str = "", *, blocks: Iterable[str],
        sounding: bool = False,
    ) -> None:  # fmt: skip
        for block in blocks:
            positions.take_position(
                version=version, party=Party.objects.get(ref=party), stance=stance, words=words, block=block,
                sounding=sounding, language="en" if words else "", by=self.voices[party],
            )  # fmt: skip

    def _proposes(self, version: Version, party: str, *wishes: Wish, language: str = "en") -> list[Proposal]:
        return proposals.propose(
            version=version, party=Party.objects.get(ref=party), wishes=wishes, language=language,
            by=self.voices[party],
        )  # fmt: skip

    def _decided(self, version: Version, body: str, session: Meeting, verb: Verb) -> Any:
        return room.adopt(
            version=version, body=_body(body), session=session, verb=verb, present=self.members, by=self.presiding
        )

    def _silence(self, version: Version, recommended: Any, *, days: int) -> Silence:
        return silence.propose(
            version=version, body=_body("soc"), shape=Shape.RECOMMENDED, verb=Verb.APPROVE, recommendation=recommended,
            expires=self._at(days, 17), by=self.presiding,
        )  # fmt: skip

    def _answers(self, on: Silence, party: str, kind: ReplyKind, words: str = "", wording: str = "") -> None:
        silence.reply(
            silence=on, party=Party.objects.get(ref=party), kind=kind, words=words, wording=wording,
            language="en" if words else "", by=self.voices[party],
        )  # fmt: skip

    def _session(self, body: str, days: int, title: LocalizedText, by: Account) -> Meeting:
        day = today() + dt.timedelta(days=days)
        return meetings.convene(
            details={
                "kind": MeetingKind.SESSION, "title": title, "starts": Day(day), "opens": dt.time(10),
                "closes": dt.time(17), "format": Format.IN_PERSON, "place": settings.CHARTER.seat_place,
                "body": _body(body), "presiding": Party.objects.get(ref="xb"), "source": SOURCE,
            },
            by=by,
        )  # fmt: skip

    def _at(self, days: int, hour: int) -> dt.datetime:
        """An hour at the seat, so many working days from today."""
        charter = settings.CHARTER
        start = working_day(charter.today(now()), charter.working_days, charter.holidays)
        day = working_days_after(start, days, charter.working_days, charter.holidays)
        return expiry(day, dt.time(hour), charter.zone, charter.working_days, charter.holidays)


def _nearer(passage: Passage) -> Passage:
    return replace(passage, texts={code: text.replace("15", "8") for code, text in passage.texts.items()})


def _body(ref: str) -> Body:
    return Body.objects.get(ref=ref)


def _titles(english: str, russian: str) -> LocalizedText:
    return LocalizedText({"en": english, "ru": russian})
