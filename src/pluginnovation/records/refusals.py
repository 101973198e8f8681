"""Refusals: input that we can't take, said so that the sender can put it right."""


class Refusal(Exception):
    """Wrong input. Nothing was changed.

    code    stable, for programs and documentation, such as 'column_missing'
    what    what is wrong, Swedish and English, without any personal datum
    where   the file and line or column; empty when it is about the whole source
    todo    what to do about it, Swedish and English
    """

    def __init__(self, code: str, *, what: tuple[str, str], todo: tuple[str, str], where: str = "") -> None:
        self.code, self.where = code, where
        self.what_sv, self.what_en = what
        self.todo_sv, self.todo_en = todo
        super().__init__(self.text("en"))

    def text(self, language: str = "sv") -> str:
        """The whole message in one language ('sv' or 'en')."""
        what, todo = (self.what_sv, self.todo_sv) if language == "sv" else (self.what_en, self.todo_en)
        place = f"{self.where}: " if self.where else ""
        return f"{place}{what} {todo}".strip()


class Unavailable(Refusal):
    """Something outside that should have answered didn't, or not as it should. Nothing half was kept."""
