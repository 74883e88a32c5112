"""The table of counted journeys, on standard output."""

from __future__ import annotations

from selfcheck import create_app, load_rulebook
from tests.journeys.walking import persons, walk


def main() -> None:
    """Walk everybody's way and print it."""
    rulebook = load_rulebook()
    app = create_app({"SECRET_KEY": "only for counting", "REGION": "gb"}, rulebook=rulebook)
    print("| person | pages under /check | with start | at most | taps | at most | page by page |")
    print("|---|---|---|---|---|---|---|")
    for person in persons():
        with app.test_client() as client:
            way = walk(client, rulebook, person)
        steps = ", ".join(f"{slug} {taps}" for slug, taps in way.steps)
        print(
            f"| {person.id}: {person.who} | {way.pages} | {way.pages + 1} | {person.pages} "
            f"| {way.taps} | {person.taps} | {steps} |"
        )


if __name__ == "__main__":
    main()
