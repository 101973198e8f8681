"""An editor who publishes: changes a method's lead and publishes it, again and again, or each time a line asks."""

import os
import sys
import time
from pathlib import Path


def main(pause: float) -> None:
    """Publish a page, wait, publish the next. pause 0: wait for a line, and say when what it asked for is published."""
    from pluginnovation.cli.hub_home import hub_database_of, start_hub_django

    with hub_database_of(Path(os.environ["PLUG_HOME"])):
        start_hub_django()
        from pluginnovation.web.knowledge.models import MethodPage

        keys = list(MethodPage.objects.filter(locale__language_code="sv").values_list("pk", flat=True))
        print("publishing", flush=True)
        for number in range(10**9):
            if not pause and not sys.stdin.readline():
                break
            page = MethodPage.objects.get(pk=keys[number % len(keys)])
            page.lead = f"{page.lead.split(' Ändrad ')[0]} Ändrad {number}."
            page.save_revision().publish()
            if pause:
                time.sleep(pause)
            else:
                print("published", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
