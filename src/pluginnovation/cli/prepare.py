"""What `plug up` does before it serves, in a process of its own: tables, static files, the demo region.

And what it does beside the server on a first start: the rest of that region.
"""

import os
import sys

import click

from pluginnovation.web.config.static import collect_static

from .answers import Answer, Command
from .home import migrate, plug_home, start_django
from .worker import KINDNESS


@click.command("prepare", cls=Command)
@click.argument("pupils", type=click.IntRange(0))
@click.option("--rest", is_flag=True)
@click.pass_obj
def prepare(answer: Answer, pupils: int, rest: bool) -> None:
    """Everything that must be there before the first page; no demo region for no pupils. Or the rest of it."""
    start_django()
    if rest:
        from .demo import complete_demo

        # Pages come first.
        os.nice(KINDNESS)
        complete_demo(answer, plug_home())
        return
    migrate(answer)
    if collect_static(plug_home() / "static"):
        answer.note("Stilmall och typsnitt är samlade.", "Style and typefaces are collected.")
    if pupils:
        from .demo import demo_region

        demo_region(answer, plug_home(), pupils=pupils)


if __name__ == "__main__":
    sys.exit(prepare())
