"""`seegrad links`: what is stored, and how it is deleted."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.commands import CommandError

if TYPE_CHECKING:
    from app.links import Link, Links

SHOWN_CHARACTERS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="action", required=True)
    actions.add_parser("list", help="every link: id, day on which it was last saved, size, start of its text")
    delete = actions.add_parser("delete", help="delete links for ever")
    delete.add_argument("ids", nargs="+", metavar="ID", help="the end of the link's address, or all of it")
    prune = actions.add_parser("prune", help="delete for ever what nobody has saved for so long")
    prune.add_argument(
        "--older-than",
        type=days_ago,
        required=True,
        metavar="DAYS",
        help="such as 365, or a date: 2026-01-31",
    )
    prune.add_argument("--dry-run", action="store_true", help="only say how many they are")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0, or 1 when a link to delete is not there or the storage cannot be used."""
    from app.commands.serve import settings_of_environment
    from app.database import Database
    from app.errors import Problem
    from app.links import Links

    links = Links(Database(settings_of_environment()))
    try:
        if arguments.action == "list":
            return show(links)
        if arguments.action == "delete":
            return delete_all(links, arguments.ids)
        return prune(links, arguments.older_than, arguments.dry_run)
    except Problem as problem:
        cause = getattr(problem.__cause__, "orig", problem.__cause__)
        raise CommandError(f"The stored links cannot be used: {cause}", 1) from None
    finally:
        links.database.close()


def show(links: Links) -> int:
    for link in links.all():
        print(link.id, link.saved, f"{len(text_of(link)):>6}", beginning(text_of(link)))
    return 0


def delete_all(links: Links, ids: list[str]) -> int:
    missing = [word for word in ids if not links.delete(word.rstrip("/").rpartition("/")[2])]
    print(f"{counted(len(ids) - len(missing))} deleted.")
    if missing:
        raise CommandError(f"There is no link {', '.join(word[:80] for word in missing)}.", 1)
    return 0


def prune(links: Links, before: date, dry: bool) -> int:
    if dry:
        print(f"{counted(sum(link.saved < before for link in links.all()))} would be deleted.")
    else:
        print(f"{counted(links.prune(before))} deleted.")
    return 0


def days_ago(text: str) -> date:
    from app.links import today_utc

    if re.fullmatch(r"\d{1,5}", text):
        return today_utc() - timedelta(days=int(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is neither a number of days nor a date") from None


def text_of(link: Link) -> str:
    return str(link.state.get("program") or link.state.get("example") or link.state.get("fields", ""))


def beginning(text: str) -> str:
    from app.errors import plain

    return plain(" ".join(text.split()), SHOWN_CHARACTERS)


def counted(count: int) -> str:
    return "1 link" if count == 1 else f"{count} links"
