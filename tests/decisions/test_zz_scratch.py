import datetime as dt
import pytest, time_machine
from django.test import Client
from chancery.decisions.acts import silence, room, candidature
from chancery.decisions.rules import Verb
from chancery.decisions.rules.silence import ReplyKind
from chancery.documents.acts import agenda, register, paragraphs, calls, positions
from chancery.documents.models import *
from chancery.documents.rules.positions import *
from chancery.core.text import LocalizedText
from chancery.people import policy
from tests.cast import account
from tests.decisions import quiet, texts
from tests.documents import stage
from tests.people.cast import client_of
from tests.people.test_acts import PDF
pytestmark = pytest.mark.django_db
IN = dt.datetime(2024,12,4,7,tzinfo=dt.UTC)

@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(IN, tick=False): yield

@pytest.fixture
def chair(states): return account("Chair", ("presidency",""))

def test_double_removals(documents, chair):
    d = texts.document(classification="public"); s = texts.session()
    e = register.enclose(document=d, file=PDF, title=LocalizedText({"en":"f"}), by=documents)
    register.remove_enclosure(enclosure=e, by=documents)
    for n, again in (("enc", lambda: register.remove_enclosure(enclosure=e, by=documents)),):
        try: again(); print(n,"ok")
        except Exception as x: print(n, type(x))
    i = agenda.add_item(meeting=s, number="1", title=LocalizedText({"en":"I"}), source="practice", by=documents)
    p = agenda.put_paper(item=i, document=d, by=documents)
    from chancery.journal.models import Entry
    agenda.take_off(paper=p, by=documents); n=Entry.objects.count()
    agenda.take_off(paper=p, by=documents); print("take_off sealed again", Entry.objects.count()-n)
    agenda.remove_item(item=i, by=documents); n=Entry.objects.count()
    agenda.remove_item(item=i, by=documents); print("item sealed again", Entry.objects.count()-n)
    try: agenda.put_paper(item=i, document=d, by=documents); print("put ok?")
    except Exception as x: print("put", type(x), x)

def test_capital(chair, documents):
    v = texts.version(texts.document())
    me = texts.voice("xp")
    from chancery.parties.models import Party
    xp = Party.objects.get(pk="xp")
    positions.take_position(version=v, party=xp, stance=Stance.AWAITING_CAPITAL, block="b3", by=me)
    paragraphs.agree(version=v, blocks=["b3","b4","b2"], body=texts.body("soc"), by=chair)
    q = quiet.opened(chair, v)
    for st in ("silent", "adopted"):
        try:
            paragraphs.decline_capital(document=v.document, block="b3", party=xp, words="no", by=me); print(st, "declined!")
            Paragraph.objects.filter(block="b3").update(status="ad-referendum", awaiting="xp")
        except Exception as x: print(st, type(x))
        quiet.closed(q)

def test_body_dissolved(chair, documents):
    from chancery.bodies.models import Body
    v = texts.version(texts.document())
    q = quiet.opened(chair, v)
    Body.objects.update(until=dt.date(2024,12,5), until_as="day")
    d = quiet.closed(q); print("closed by a dissolved body:", d.decision)
    v2 = texts.version(texts.document("two"))
    try: print(quiet.opened(chair, v2, at=dt.datetime(2024,12,6,7,tzinfo=dt.UTC)))
    except Exception as x: print(type(x), x)

def test_draft_input(chair):
    v = texts.version(texts.document())
    q = quiet.opened(chair, v)
    c = client_of(texts.voice("xp"))
    for data in ({"draft":"1","words":"a\0b","kind":"\0zz"}, {"draft":"1","words":"x"*30000,"kind":"objection"}, {"kind":"\0","words":"\0","language":"\0"}, {"kind":"zzz","language":"zz"}):
        a = c.post(f"/en/silence/{q.ref}/reply/", data); print(a.status_code)
        a = c.get(f"/en/silence/{q.ref}/"); print(a.status_code)

def test_edges(chair, documents):
    v = texts.version(texts.document()); q = quiet.opened(chair, texts.version(texts.document("two")))
    c, o = client_of(chair), client_of(documents)
    for day in ("0001-01-01","1900-01-01","9999-12-31","2200-12-31","10000-01-01"):
        for t in ("00:00","23:59"):
            print(day, t, c.post(f"/en/negotiations/{v.document_id}/call/", {"kind":"positions","day":day,"time":t}).status_code,
              c.post(f"/en/silence/proposal/{v.pk}/soc/", {"shape":"regulation","basis":"x","verb":"approve","expires_0":day,"expires_1":t, "expires_day":day,"expires_time":t}).status_code,
              c.post(f"/en/silence/{q.ref}/extension/", {"expires_day":day,"expires_time":t,"reason":"r"}).status_code,
              o.post(f"/en/secretariat/documents/{v.document_id}/embargo/", {"day":day,"time":t,"released_as":"public"}).status_code)

def test_misc(chair, documents):
    v = texts.version(texts.document(classification="public")); q = quiet.opened(chair, texts.version(texts.document("two")))
    s = texts.session()
    me = texts.voice("xp")
    cs = [Client(raise_request_exception=False)] + [client_of(x) for x in (chair, documents, me)]
    for c in cs: c.raise_request_exception=False
    big = "9"*40
    for path in (f"documents/?page={big}", "documents/?page=abc&q=%00", f"documents/?kind=zz&body=%00&session=%00&language=zz&since=0000&to=x", f"documents/{v.document_id}/versions/{big}/", f"documents/{v.document_id}/versions/{big}/en.pdf", f"documents/{v.document_id}/versions/1/%00.pdf",
        f"documents/{v.document_id}/versions/1/zz.pdf", f"documents/{v.document_id}/?language=zz.%00.en", f"documents/{v.document_id}/comparison/?from={big}&to=-1&language=%00",
        "decisions/?page=999999&force=zz&party=%00&q=%00%00", "decisions/?q=" + "x"*5000, "decisions/follow-up/?status=%00&addressee=%00", f"check/{big}/", "check/0/", "check/1/%00/", "silence/proposal/?version=%00&body=%00", f"silence/proposal/{v.pk}/zzz/", "silence/proposal/%00/soc/",
        f"silence/{q.ref}/service/?page={big}", f"negotiations/{v.document_id}/?show=zz&text=%00", f"negotiations/{v.document_id}/paragraphs/{'x'*500}/", f"negotiations/{v.document_id}/paragraphs/{'x'*500}/note/", f"negotiations/{v.document_id}/paragraphs/b3/position/?stance=zz", f"negotiations/{v.document_id}/agreement/?block=%00",
        f"negotiations/{v.document_id}/on-behalf/?block=%00", f"secretariat/documents/{v.document_id}/draft/?beside=%00&part={big}&at=%00", f"secretariat/documents/{v.document_id}/translation/zz/", "room/zzz/", f"room/{s.ref}/zz/adoption/", "notices/?page=-1", "desk/?for=%00", "notices/reminders/?of=%00&party=%00", "desk/reminders/?of=%00&party=%00", f"secretariat/decisions/zz/noting/?session=%00"):
        for method in ("get","head","put","delete","post","options"):
            st = [getattr(c, method)(f"/en/{path}").status_code for c in cs]
            if max(st) >= 500: print(method, path[:80], st)
    for path, data in ((f"negotiations/{v.document_id}/positions/", {"take":"can_join \0"}), (f"negotiations/{v.document_id}/positions/", {"take":"zz rest"}), (f"negotiations/{v.document_id}/paragraphs/b3/position/", {"stance":"zz","words":"\0"}), (f"negotiations/{v.document_id}/paragraphs/b3/position/", {"stance":"comment","words":"a\x0b\u202e"+"x"*19000}),
       (f"negotiations/{v.document_id}/agreement/", {"blocks":["zz"],"body":"zz","session":"\0"}), (f"negotiations/{v.document_id}/agreement/", {"blocks":["b3"],"body":"soc","session":"\0"}), (f"silence/{q.ref}/extension/", {"expires_day":"\0","reason":"\0"}), ("chair/candidatures/declaration/", {"party":"\0","term":"zz"}), ("notices/sight/", {"until":"\0","ref":"\0"}), ("notices/sight/", {"until":"9999-12-31 23:59:59"}), ("notices/sight/", {"until":"0001-01-01 00:00:00"}), ("notices/feeds/", {"kind":"\0"}), ("notices/settings/", {"silence-opened":"zz"}),
       (f"secretariat/documents/{v.document_id}/draft/", {"step":"up:zz","edition":"zz"}), (f"secretariat/documents/{v.document_id}/import/", {"content":"{"}), (f"secretariat/documents/{v.document_id}/import/", {"content":"[]","edition":"x"}), (f"secretariat/documents/{v.document_id}/import/", {"content":"[{\"id\":1}]","edition":"0"}), (f"secretariat/documents/{v.document_id}/classification/", {"classification":"zz"}), (f"secretariat/documents/{v.document_id}/relation/", {"kind":"zz","other":"\0"}), (f"secretariat/documents/{v.document_id}/relation/", {"kind":"implements","other":v.document_id}),
       ("secretariat/documents/tabling/", {"title_0":"x","kind":"zz","number":"9"*30}), (f"secretariat/decisions/", {"title_0":"x","document":"\0","amends":"\0"}), (f"room/{s.ref}/{v.document_id}/adoption/", {"verb":"zz","present":["zz"]}), (f"room/{s.ref}/{v.document_id}/objection/", {"party":"zz","reason":"\0"}), ("desk/reminders/", {"seen":"9"*30})):
        st = [c.post(f"/en/{path}", data).status_code for c in cs]
        if max(st) >= 500 : print("POST", path, data, st)
