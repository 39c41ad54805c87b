"""Word files made by hand, part by part."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = f"""{HEAD}<w:styles {W}>
<w:style w:styleId="a0"><w:name w:val="Title"/></w:style>
<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a2"><w:name w:val="Chapter"/><w:basedOn w:val="a3"/></w:style>
<w:style w:styleId="a3"><w:name w:val="Base"/><w:basedOn w:val="a2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="a4"><w:name w:val="Operative"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="a5"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:styleId="a6"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
NUMBERING = f"""{HEAD}<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>
</w:num>
<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
</w:numbering>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, *, style: str = "", list: str = "", level: int = 0, mark: str = "") -> str:
    """A paragraph; text that is no markup becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>' if list else ""
    inside = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{named}{listed}<w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def tbl(*rows: tuple[str, ...]) -> str:
    """A table; a cell that is no markup becomes a paragraph."""
    lines = (
        "".join(f"<w:tc>{one if one.startswith('<') else p(one)}</w:tc>" for one in row)
        for row in rows
    )  # fmt: skip
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def relations(*outside: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{place}" TargetMode="External" Target="{target}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        for place, (kind, target) in enumerate(outside, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def docx(*body: str, parts: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """A Word file with this body; `parts` are added, replaced, or with None left out."""
    document = f"{HEAD}<w:document {W} {R} {MC} {A} {M}><w:body>{''.join(body)}</w:body></w:document>"
    whole: dict[str, str | bytes | None] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        **(parts or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            if data is not None:
                archive.writestr(name, data)
    return file.getvalue()
