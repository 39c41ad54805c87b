"""LibreOffice as an author: what somebody does at its keyboard, done by a macro, with changes being tracked."""

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>
"""
_SEEK = """
  seeking = doc.createSearchDescriptor()
  seeking.SearchString = "{}"
  place = doc.findFirst(seeking)
"""
_EDITS = {
    "replace": '  place.setString("{}")',
    "add after": """  cursor = place.Text.createTextCursorByRange(place.End)
  cursor.gotoEndOfParagraph(False)
  place.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  place.Text.insertString(cursor, "{}", False)
""",
    "leave out": """  cursor = place.Text.createTextCursorByRange(place.Start)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoNextParagraph(True)
  cursor.setString("{}")
""",
}
_MACRO = """
Sub Edit
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("SOURCE", "_blank", 0, hidden())
  doc.RecordChanges = True
EDITS
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "MS Word 2007 XML"
  doc.storeToURL("TARGET", saving())
  doc.close(True)
End Sub
"""


def edit(profile: Path, source: Path, target: Path, *edits: tuple[str, str, str]) -> None:
    """Edits a file, each change by what is done, at which words, and the new ones; and saves it as another. The
    profile has been in use before."""
    done = "".join(_SEEK.format(words) + _EDITS[what].format(others) for what, words, others in edits)
    macro = _MACRO.replace("SOURCE", source.as_uri()).replace("TARGET", target.as_uri()).replace("EDITS", done)
    library = profile / "user" / "basic" / "Standard"
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Module1.xba").write_text(_MODULE.format(escape(macro)), encoding="utf-8")
    subprocess.run(  # it may fall as it closes, with the file saved
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "macro:///Standard.Module1.Edit"],
        check=False, capture_output=True, timeout=120,
    )  # fmt: skip
