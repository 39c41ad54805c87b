import pytest
from tests.portal.test_cache import *
@pytest.mark.parametrize("what",["head","today"])
def test_teeth(db, monkeypatch, what):
    import chancery.portal.cache as c
    if what=="head": monkeypatch.setattr(c,"head",lambda:1)
    orig=c.PublicPages._key
    idx={"today":3,"encoding":4,"fragment":5}.get(what)
    if idx:
        def key(self,request):
            k=list(orig(self,request)); k[idx]= "" ; return tuple(k)
        monkeypatch.setattr(c.PublicPages,"_key",key)
    with pytest.raises(BaseException):
        test_nothing_stale_is_ever_served(db)
