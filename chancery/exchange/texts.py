"""The text of a news item as a file: three lines of head, then Markdown."""

import json

from .rules import WrongValue

_HEAD = ("title", "lede", "status")


def write(title: str, lede: str, status: str, body: str) -> str:
    """The canonical file of a text."""
    head = zip(_HEAD, (title, lede, status), strict=True)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head]
    return f"---\n{''.join(lines)}---\n{body}\n" if body else f"---\n{''.join(lines)}---\n"


def read(text: str) -> tuple[dict[str, str], str]:
    """The head and the body of a file. Raises `WrongValue`, which names the line."""
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise WrongValue(problem="begins with a head between two lines ---")
    end = lines.index("---", 1)
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        name, colon, quoted = line.partition(": ")
        if not colon or name not in _HEAD or name in head:
            raise WrongValue(problem=f"line {number}: the head has title, lede and status, each once")
        head[name] = _unquoted(quoted, number)
    body = "\n".join(lines[end + 1 :])
    if body and not body.endswith("\n"):
        raise WrongValue(problem="ends without a line feed")
    return {name: head.get(name, "") for name in _HEAD}, body.removesuffix("\n")


def _unquoted(quoted: str, number: int) -> str:
    try:
        value = json.loads(quoted)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, str):
        raise WrongValue(problem=f'line {number}: a text in double quotes is expected, with \\" for a quote inside')
    return value
