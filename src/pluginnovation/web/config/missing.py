"""What the machine lacks: a server, a permission, disk or a setting; said so that someone can put it right."""


class ResourceMissing(Exception):
    """Something outside the project is missing. Nothing was changed.

    code    stable, for programs and documentation, such as 'database_unreachable'
    what    what is missing, Swedish and English, without any personal datum
    todo    what to do about it, Swedish and English
    """

    def __init__(self, code: str, *, what: tuple[str, str], todo: tuple[str, str]) -> None:
        self.code = code
        self.what_sv, self.what_en = what
        self.todo_sv, self.todo_en = todo
        super().__init__(self.text("en"))

    def text(self, language: str = "sv") -> str:
        """The whole message in one language ('sv' or 'en')."""
        what, todo = (self.what_sv, self.todo_sv) if language == "sv" else (self.what_en, self.todo_en)
        return f"{what} {todo}".strip()
