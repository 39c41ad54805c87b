"""Texts: drafted, circulated, translated; each made once and never changed."""

import json
from typing import Any

import pytest
from django.db import transaction

from chancery.core.refusals import NotAllowed, OutOfDate, Refusal
from chancery.documents import guards
from chancery.documents.acts import drafting as acts
from chancery.documents.acts import register
from chancery.documents.models import Draft, Paragraph, Translation, Version
from chancery.documents.queries import drafting as queries
from chancery.documents.rules import drafting as rules
from chancery.documents.rules.access import Classification
from chancery.documents.rules.blocks import Block, BlockKind, BlockTooLong, BlockTwice, EmptyText, NoTitle, text_digest
from chancery.documents.rules.drafting import Passage
from chancery.documents.rules.positions import AgreedTextChanged
from chancery.documents.rules.register import Withdrawn
from chancery.documents.rules.symbols import VersionKind
from chancery.documents.rules.translation import Freshness, Standing
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from tests.cast import decided

from .papers import blocks, body, paper, texts, unchanged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("states")]


def kept(*texts_: str, language: str = "en") -> list[dict[str, Any]]:
    kinds = ["title", *["operative"] * (len(texts_) - 1)]
    return [
        {"id": f"b{at}", "kind": kind, "texts": {language: text}}
        for at, (kind, text) in enumerate(zip(kinds, texts_, strict=True), 1)
    ]


# ---------------------------------------------------------------- drafts
def test_a_draft_is_kept_and_its_entry_says_no_word_of_it(documents):
    document = paper()
    draft = acts.save_draft(document=document, blocks=kept("Statement", " We\r\nagree. "), edition=0, by=documents)
    assert draft.edition == 1
    assert draft.content["blocks"][1]["texts"] == {"en": "We\nagree."}
    entry = Entry.objects.get()
    assert (entry.act, entry.is_public) == ("documents.save-draft", False)
    assert json.loads(entry.private)["said"] == {"edition": 1}
    assert "agree" not in entry.private


def test_two_editors_at_once_and_nothing_is_lost(documents):
    document = paper()
    acts.save_draft(document=document, blocks=kept("Statement"), edition=0, by=documents)
    with pytest.raises(OutOfDate):
        acts.save_draft(document=document, blocks=kept("Another"), edition=0, by=documents)
    acts.save_draft(document=document, blocks=kept("Statement", "One"), edition=1, by=documents)
    with pytest.raises(OutOfDate):
        acts.save_draft(document=document, blocks=kept("Statement", "Two"), edition=1, by=documents)
    with pytest.raises(OutOfDate):
        acts.discard_draft(document=document, edition=1, by=documents)
    assert Draft.objects.get().content["blocks"][1]["texts"] == {"en": "One"}


def test_a_draft_is_given_up(documents):
    document = paper()
    with pytest.raises(OutOfDate):
        acts.discard_draft(document=document, edition=0, by=documents)
    acts.save_draft(document=document, blocks=kept("Statement"), edition=0, by=documents)
    acts.discard_draft(document=document, edition=1, by=documents)
    assert not Draft.objects.exists()
    assert [one.act for one in Entry.objects.order_by("seq")] == ["documents.save-draft", "documents.discard-draft"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ([*kept("One"), *kept("Two")], BlockTwice),
        (kept("x" * 20_001), BlockTooLong),
    ],
)
def test_a_draft_that_cannot_be_kept(documents, wrong, refusal):
    with pytest.raises(refusal):
        acts.save_draft(document=paper(), blocks=wrong, edition=0, by=documents)
    assert not Draft.objects.exists()
    assert not Entry.objects.exists()


def test_a_withdrawn_document_gets_neither_draft_nor_version_nor_translation(documents):
    document = paper()
    version = acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    register.withdraw(document=document, by=documents)
    with pytest.raises(Withdrawn):
        acts.save_draft(document=document, blocks=kept("Title"), edition=0, by=documents)
    with pytest.raises(Withdrawn):
        acts.circulate(document=document, blocks=blocks("Title", "Two"), by=documents)
    with pytest.raises(Withdrawn):
        acts.translate(version=version, language="ru", texts={"b1": "Название"}, by=documents)


def test_only_officers_of_documents_write(delegate, protocol, documents):
    document = paper()
    version = acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    for somebody in (delegate, protocol):
        with pytest.raises(NotAllowed):
            acts.save_draft(document=document, blocks=kept("Title"), edition=0, by=somebody)
        with pytest.raises(NotAllowed):
            acts.discard_draft(document=document, edition=1, by=somebody)
        with pytest.raises(NotAllowed):
            acts.circulate(document=document, blocks=blocks("Title", "Two"), by=somebody)
        with pytest.raises(NotAllowed):
            acts.translate(version=version, language="ru", texts={"b1": "Название"}, by=somebody)


# ---------------------------------------------------------------- versions
def test_the_first_version_and_those_after_it(documents):
    document = paper(symbol="PRA/MC/7/DOC.3")
    first = acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    second = acts.circulate(document=document, blocks=blocks("Title", "Two"), note="After the meeting.", by=documents)
    mended = acts.circulate(
        document=document, blocks=blocks("Title", "Too"), kind=VersionKind.CORRIGENDUM, by=documents
    )
    third = acts.circulate(document=document, blocks=blocks("Title", "Three"), by=documents)
    made = [(one.ref, one.position, one.kind, one.suffix) for one in (first, second, mended, third)]
    assert made == [
        (f"{document.ref}.1", 1, "original", ""), (f"{document.ref}.2", 2, "revision", "Rev.1"),
        (f"{document.ref}.3", 3, "corrigendum", "Corr.1"), (f"{document.ref}.4", 4, "revision", "Rev.2"),
    ]  # fmt: skip
    assert acts.called(third) == "PRA/MC/7/DOC.3/Rev.2"
    assert second.note == "After the meeting."
    assert len({one.digest for one in (first, second, mended, third)}) == 4


@pytest.mark.parametrize("kind", [VersionKind.REVISION, VersionKind.CORRIGENDUM])
def test_nothing_is_revised_before_it_was_circulated(documents, kind):
    with pytest.raises(rules.FirstVersion):
        acts.circulate(document=paper(), blocks=blocks("Title", "One"), kind=kind, by=documents)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [([], EmptyText), (blocks("", ""), EmptyText), (blocks("Title", "One")[1:], NoTitle)],
)
def test_a_text_that_cannot_be_circulated(documents, text, refusal):
    with pytest.raises(refusal):
        acts.circulate(document=paper(), blocks=text, by=documents)
    assert not Version.objects.exists()


def test_the_same_text_is_not_circulated_twice(documents):
    document = paper()
    acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    with pytest.raises(rules.NothingChanged):
        acts.circulate(document=document, blocks=blocks("Title", " One "), by=documents)
    with pytest.raises(rules.NotTheFirst):
        acts.circulate(document=document, blocks=blocks("Title", "Two"), kind=VersionKind.ORIGINAL, by=documents)


def test_a_guard_holds_a_text_back_and_nothing_is_half_written(documents, monkeypatch):
    document = paper()
    acts.save_draft(document=document, blocks=kept("Title", "One"), edition=0, by=documents)
    monkeypatch.setattr(guards, "_guards", [lambda document, kind: (_ for _ in ()).throw(OutOfDate())])
    before = Entry.objects.count()
    with pytest.raises(OutOfDate):
        acts.circulate(document=document, blocks=blocks("Title", "One"), draft=1, by=documents)
    assert (Version.objects.count(), Draft.objects.count(), Entry.objects.count()) == (0, 1, before)


def test_an_agreed_paragraph_keeps_its_words(documents):
    document = paper()
    acts.circulate(document=document, blocks=blocks("Title", "One", "Two"), by=documents)
    agreed = {"status": "agreed", "body": document.body, "session": "s", "digest": text_digest("Two")}
    Paragraph.objects.create(document=document, block="b3", **agreed)
    for wrong in (blocks("Title", "One", "Too"), blocks("Title", "One")):
        with pytest.raises(AgreedTextChanged) as refusal:
            acts.circulate(document=document, blocks=wrong, by=documents)
        assert refusal.value.values == {"number": "2"}
    acts.circulate(document=document, blocks=blocks("Title", "Won", "Two"), by=documents)
    Paragraph.objects.update(status="ad-referendum")
    with pytest.raises(AgreedTextChanged):
        acts.circulate(document=document, blocks=blocks("Title", "One", "Too"), by=documents)
    acts.circulate(document=document, blocks=blocks("Title", "Won", "Too"), kind=VersionKind.CORRIGENDUM, by=documents)
    Paragraph.objects.update(status="open", digest=text_digest("Two"))
    acts.circulate(document=document, blocks=blocks("Title", "Won", "2"), by=documents)


def test_the_draft_becomes_the_version(documents):
    document = paper()
    acts.save_draft(document=document, blocks=kept("Title", "One"), edition=0, by=documents)
    acts.save_draft(document=document, blocks=kept("Title", "Two"), edition=1, by=documents)
    with pytest.raises(OutOfDate):
        acts.circulate(document=document, blocks=blocks("Title", "One"), draft=1, by=documents)
    acts.circulate(document=document, blocks=blocks("Title", "Two"), draft=2, by=documents)
    assert not Draft.objects.exists()
    acts.save_draft(document=document, blocks=kept("Title", "Three"), edition=0, by=documents)
    acts.circulate(document=document, blocks=blocks("Title", "Another"), by=documents)  # from elsewhere
    assert Draft.objects.get().edition == 1


def test_a_public_text_is_told_to_all_and_another_in_private(documents):
    document = paper(symbol="PRA/MC/7/DOC.3")
    russian = {"ru": {"b2": "Раз"}}
    version = acts.circulate(document=document, blocks=blocks("Title", "One"), translations=russian, by=documents)
    told = decided(Entry.objects.latest("seq"))
    assert {one["ref"] for one in told["facts"]} == {version.ref, f"{version.ref}.ru.1"}
    assert told["said"] == {"symbol": "PRA/MC/7/DOC.3", "digest": version.digest, "blocks": 2}
    private = paper(ref="private", symbol="PRA/MC/7/DOC.4", classification=Classification.BODY)
    version = acts.circulate(document=private, blocks=blocks("Title", "Secret"), by=documents)
    entry = Entry.objects.latest("seq")
    assert not entry.is_public
    said = json.loads(entry.private)["said"]
    assert (said["symbol"], said["digest"], said["blocks"]) == ("PRA/MC/7/DOC.4", version.digest, 2)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"classification": Classification.PUBLIC}, 1),
        ({"classification": Classification.BODY}, 1),
        ({"classification": Classification.SECRETARIAT}, 0),
        ({"classification": Classification.SECRETARIAT, "sponsors": "xp"}, 1),
        ({"classification": Classification.SECRETARIAT, "sponsors": "xa"}, 0),
    ],
)
def test_whoever_it_reaches_is_told(documents, delegate, reader, more, told, mailoutbox):
    document = paper(symbol="PRA/MC/7/DOC.3", **more)
    acts.circulate(document=document, blocks=blocks("Title", "One"), note="New paragraph 2.", by=documents)
    notices = list(Notice.objects.all())
    assert [one.account for one in notices] == [delegate] * told
    if told:
        assert notices[0].words["title"]["en"].startswith("PRA/MC/7/DOC.3 was circulated")
        assert notices[0].open == (more["classification"] is Classification.PUBLIC)


# ---------------------------------------------------------------- languages
def translated(document, version, language="ru"):
    return {one.id: (one.text, one.freshness.value) for one in queries.rendered(version).get(language, [])}


def test_only_touched_paragraphs_turn_stale(documents):
    document = paper()
    acts.circulate(
        document=document, blocks=blocks("Title", "One", "Two"),
        translations={"ru": {"b1": "Название", "b2": "Раз", "b3": "Два"}}, standing=Standing.OFFICIAL, by=documents,
    )  # fmt: skip
    second = acts.circulate(document=document, blocks=blocks("Title", "One, mended", "Two", "Three"), by=documents)
    assert translated(document, second) == {
        "b1": ("Название", "current"), "b2": ("Раз", "stale"), "b3": ("Два", "current"), "b4": ("", "missing"),
    }  # fmt: skip
    carried = second.translations.get()
    assert (carried.texts, carried.standing) == ({"b1": "Название", "b3": "Два"}, "official")
    third = acts.circulate(document=document, blocks=blocks("Title", "One", "2", "Three"), by=documents)
    assert translated(document, third)["b2"] == ("Раз", "current")  # its words are those that were translated
    assert translated(document, third)["b3"] == ("Два", "stale")


def test_what_is_translated_with_the_version_counts_for_it(documents):
    document = paper()
    acts.circulate(
        document=document, blocks=blocks("Title", "One"), translations={"ru": {"b1": "Название", "b2": "Раз"}},
        standing=Standing.OFFICIAL, by=documents,
    )  # fmt: skip
    one = {"ru": {"b2": "1"}}
    second = acts.circulate(document=document, blocks=blocks("Title", "1"), translations=one, by=documents)
    assert translated(document, second) == {"b1": ("Название", "current"), "b2": ("1", "current")}
    assert second.translations.get().standing == "working"  # the whole is worth what its weaker part is


def test_a_translation_is_mended_by_a_further_one(documents):
    document = paper()
    version = acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    first = acts.translate(version=version, language="ru", texts={"b1": "Название"}, by=documents)
    official = {"standing": Standing.OFFICIAL, "by": documents}
    second = acts.translate(version=version, language="ru", texts={"b2": "Раз"}, **official)
    assert (first.ref, second.ref) == (f"{version.ref}.ru.1", f"{version.ref}.ru.2")
    assert (second.texts, second.standing) == ({"b1": "Название", "b2": "Раз"}, "official")
    first.refresh_from_db()
    assert first.texts == {"b1": "Название"}
    acts.translate(version=version, language="ru", texts={"b1": ""}, standing=Standing.OFFICIAL, by=documents)
    assert translated(document, version)["b1"] == ("", "missing")
    later = acts.circulate(document=document, blocks=blocks("Title", "One", "Two"), by=documents)
    assert translated(document, later)["b1"] == ("", "missing")  # what was taken out does not come back
    told = decided(Entry.objects.filter(act="documents.translate").latest("seq"))
    assert told["said"] == {"symbol": acts.called(version), "language": "ru", "blocks": 1}


@pytest.mark.parametrize(
    ("language", "said", "refusal"),
    [
        ("en", {"b1": "Title"}, rules.NotALanguage),
        ("fr", {"b1": "Titre"}, rules.NotALanguage),
        ("ru", {"b9": "Нет"}, rules.UnknownBlock),
        ("ru", {}, rules.NothingTranslated),
        ("ru", {"b1": "x" * 20_001}, BlockTooLong),
    ],
)
def test_a_translation_that_is_none(documents, language, said, refusal):
    document = paper()
    version = acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    with pytest.raises(refusal):
        acts.translate(version=version, language=language, texts=said, by=documents)
    with pytest.raises(refusal if said else rules.NothingChanged):
        acts.circulate(document=document, blocks=blocks("Title", "One"), translations={language: said}, by=documents)
    assert not Translation.objects.exists()


def test_a_translation_that_says_the_same_is_none(documents):
    version = acts.circulate(document=paper(), blocks=blocks("Title", "One"), by=documents)
    acts.translate(version=version, language="ru", texts={"b1": "Название"}, by=documents)
    with pytest.raises(rules.NothingTranslated):
        acts.translate(version=version, language="ru", texts={"b1": "Название "}, by=documents)
    acts.translate(version=version, language="ru", texts={"b1": "Название"}, standing=Standing.OFFICIAL, by=documents)


def test_no_act_changes_a_version_or_a_translation(documents):
    """Every act on a text, with a watch on the statements: rows of both tables are written and never again."""
    document = paper(classification=Classification.PARTIES)
    with unchanged():
        russian = {"ru": {"b1": "Т"}}
        version = acts.circulate(document=document, blocks=blocks("Title", "One"), translations=russian, by=documents)
        acts.translate(version=version, language="ru", texts={"b2": "Раз"}, by=documents)
        acts.save_draft(document=document, blocks=kept("Title", "Two"), edition=0, by=documents)
        acts.circulate(document=document, blocks=blocks("Title", "Two"), draft=1, by=documents)
        acts.save_draft(document=document, blocks=kept("Title", "Three"), edition=0, by=documents)
        acts.discard_draft(document=document, edition=1, by=documents)
        acts.circulate(document=document, blocks=blocks("Title", "2"), kind=VersionKind.CORRIGENDUM, by=documents)
        register.classify(document=document, classification=Classification.PUBLIC, by=documents)
        register.withdraw(document=document, by=documents)
    assert (Version.objects.count(), Translation.objects.count()) == (3, 4)


def test_the_watch_sees_what_it_is_there_for():
    document = paper()
    version = Version.objects.create(ref="v", document=document, position=1, kind="original", circulated="2024-01-01")
    for wrong in (version.save, version.delete, lambda: Version.objects.update(position=2)):
        with pytest.raises(AssertionError), transaction.atomic(), unchanged():
            wrong()


def test_an_erratum_does_not_reach_a_version_or_a_translation(documents):
    from chancery.exchange.acts import correct, strike

    version = acts.circulate(
        document=paper(), blocks=blocks("Title", "One"), translations={"ru": {"b1": "Название"}}, by=documents
    )
    for table, ref, column in (
        ("versions", version.ref, "blocks"), ("versions", version.ref, "circulated"),
        ("translations", f"{version.ref}.ru.1", "texts"), ("translations", f"{version.ref}.ru.1", "standing"),
    ):  # fmt: skip
        with pytest.raises(Refusal), unchanged():
            correct(table=table, ref=ref, column=column, value=["x"], reason="Wrong", by=documents)
        with pytest.raises(Refusal), unchanged():
            strike(table=table, ref=ref, reason="Wrong", by=documents)


# ---------------------------------------------------------------- the steps of the editor, as pure functions
def passages(*texts_: str) -> list[Passage]:
    return rules.read(kept(*texts_))


def said(found: list[Passage], language: str = "en") -> list[tuple[str, str]]:
    return [(one.id, one.texts.get(language, "")) for one in found]


def test_passages_are_added_moved_joined_and_removed():
    text = passages("T", "A", "B")
    assert said(rules.added(text, "b2", "b9")) == [("b1", "T"), ("b2", "A"), ("b9", ""), ("b3", "B")]
    assert said(rules.added(text, "b2", "b9", above=True)) == [("b1", "T"), ("b9", ""), ("b2", "A"), ("b3", "B")]
    assert rules.added(text, "b1", "b9")[1].kind is BlockKind.OPERATIVE
    assert rules.added([], "", "b1") == [Passage("b1", BlockKind.TITLE, {})]
    assert said(rules.moved(text, "b3", up=True)) == [("b1", "T"), ("b3", "B"), ("b2", "A")]
    assert said(rules.moved(text, "b2", up=False)) == [("b1", "T"), ("b3", "B"), ("b2", "A")]
    assert rules.moved(text, "b1", up=True) == rules.moved(text, "b3", up=False) == text
    assert said(rules.joined(text, "b3")) == [("b1", "T"), ("b2", "A B")]
    assert rules.joined(text, "b1") == text
    assert said(rules.removed(text, "b2")) == [("b1", "T"), ("b3", "B")]
    for step in (rules.added, rules.joined, rules.removed):
        with pytest.raises(rules.UnknownBlock):
            step(text, "b7", *(["b9"] if step is rules.added else []))


def test_a_blank_line_begins_a_new_paragraph_in_every_language():
    text = [
        Passage("b1", BlockKind.OPERATIVE, {"en": "One\nstill\n\nTwo\n \nThree", "ru": "Раз\n\nДва"}),
        Passage("b2", BlockKind.TABLE, {"en": "a | b\n\nc | d"}),
    ]
    parts = rules.parted(text, iter(["b3", "b4"]))
    assert [(one.id, dict(one.texts)) for one in parts] == [
        ("b1", {"en": "One\nstill", "ru": "Раз"}), ("b3", {"en": "Two", "ru": "Два"}), ("b4", {"en": "Three"}),
        ("b2", {"en": "a | b\n\nc | d"}),
    ]  # fmt: skip


def test_where_two_editors_collide_each_keeps_what_the_other_did_not_touch():
    before = passages("T", "A", "B", "C", "D")
    seen = {one.id: one.mark for one in before}
    typed = {one.id: one for one in passages("T", "A mine", "B mine", "C", "D mine")}
    theirs = [one for one in passages("T", "A", "B theirs", "C theirs", "D") if one.id != "b5"]
    theirs.insert(2, Passage("b9", BlockKind.OPERATIVE, {"en": "New of theirs"}))
    merged = rules.merge(theirs, typed, seen)
    assert said(merged.passages) == [
        ("b1", "T"), ("b2", "A mine"), ("b9", "New of theirs"), ("b3", "B mine"), ("b4", "C theirs"), ("b5", "D mine"),
    ]  # fmt: skip
    assert {block: one.texts["en"] for block, one in merged.theirs.items()} == {"b3": "B theirs"}


def test_words_that_were_not_shown_stay():
    text = [Passage("b1", BlockKind.TITLE, {"en": "T", "ru": "Т"})]
    made = rules.worded(text, {"b1": Passage("b1", BlockKind.HEADING, {"en": "New"})})
    assert made == [Passage("b1", BlockKind.HEADING, {"en": "New", "ru": "Т"})]
    assert rules.worded(text, {"b1": Passage("b1", BlockKind.TITLE, {"ru": ""})})[0].texts == {"en": "T"}


# ---------------------------------------------------------------- what circulating a draft would do
def test_the_plan_says_what_changes_and_what_turns_stale(documents, delegate):
    document = paper()
    acts.circulate(
        document=document, blocks=blocks("Title", "One", "Two", "Three"), by=documents,
        translations={"ru": {"b1": "Название", "b2": "Раз", "b3": "Два"}},
    )  # fmt: skip
    drafted = kept("Title", "One", "2", "3")
    for one, russian in zip(drafted, ("Название", "Один", "Два", ""), strict=True):
        one["texts"]["ru"] = russian
    drafted.append({"id": "b5", "kind": "operative", "texts": {"ru": "Ой"}})
    acts.save_draft(document=document, blocks=drafted, edition=0, by=documents)
    plan = queries.plan(document)
    assert [(row.id, row.change.value) for row in plan.changes] == [("b3", "changed"), ("b4", "changed")]
    assert plan.translations == {"ru": {"b2": "Один"}}
    assert plan.of("ru", Freshness.STALE) == ["2"]
    assert plan.of("ru", Freshness.MISSING) == ["3"]
    assert [one.id for one in plan.left_out] == ["b5"]
    assert [one.account for one in plan.told] == [delegate]
    assert queries.plan(paper(ref="another")) is None
    version = acts.circulate(
        document=document, blocks=plan.blocks, translations=plan.translations, draft=plan.edition, by=documents
    )
    after = queries.rendered(version)["ru"]
    assert after == plan.rendered["ru"]  # what was announced is what happened


def test_an_editor_begins_with_the_last_version_or_the_title(documents):
    document = paper()
    assert queries.writing(document).passages[0].texts == {"en": "A paper", "ru": "Бумага"}
    acts.circulate(document=document, blocks=blocks("Title", "One"), translations={"ru": {"b2": "Раз"}}, by=documents)
    begun = queries.writing(document)
    assert (begun.edition, begun.passages[1].texts) == (0, {"en": "One", "ru": "Раз"})


def test_ids_are_never_used_again(documents):
    document = paper()
    acts.circulate(document=document, blocks=blocks("Title", "One", "Two"), by=documents)
    acts.circulate(document=document, blocks=blocks("Title", "One"), by=documents)
    acts.save_draft(document=document, blocks=kept("Title", "One", "x", "y", "z"), edition=0, by=documents)
    assert queries.used_ids(document) == {"b1", "b2", "b3", "b4", "b5"}
    assert Block("b1", BlockKind.TITLE, "Title") == texts(document)[0]
    assert body().ref == "mc"
