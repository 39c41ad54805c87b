"""The one style sheet that pages load, joined from its layers: `python -m chancery.core.styles`.

Each layer is a file of its own to read and to change; a page asks for one file to save round trips.
"""

from pathlib import Path

HERE = Path(__file__).parent / "static" / "core" / "css"
LAYERS = ("reset", "tokens", "base", "layout", "parts", "pages", "utilities", "print")
SHEET = HERE / "chancery.css"


def joined() -> str:
    """The sheet as its layers give it today; equal to `SHEET` when that is fresh."""
    about = "/* Joined from its layers by chancery.core.styles: change those. */"
    parts = [(HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("fonts", *LAYERS)]
    return f"{about}\n@layer {', '.join(LAYERS)};\n" + "".join(parts)


if __name__ == "__main__":
    SHEET.write_text(joined(), encoding="utf-8")
