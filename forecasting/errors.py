"""The one error that this library raises for input which a person can put right."""

from __future__ import annotations


class InputError(ValueError):
    """Input that cannot be used, said in one sentence.

    Args:
        message: One clear sentence: what is wrong and, where it helps, what to do.
        path: The file as the caller named it.
        line: Line of the file, counted from 1 (the header is line 1).
        column: Name of the column or field.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """The place, as far as it is known, and the sentence."""
        place = [
            self.path,
            None if self.line is None else f"line {self.line}",
            None if self.column is None else f"column {self.column}",
        ]
        known = ", ".join(part for part in place if part is not None)
        return f"{known}: {self.message}" if known else self.message


def quoted(text: str, longest: int = 40) -> str:
    """`text` in double quotes, cut short and with control characters made visible."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    return '"' + "".join(c if c.isprintable() else repr(c)[1:-1] for c in shown) + '"'
