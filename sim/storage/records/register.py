"""Register: the records opened - runs entered, looked up, handed out, forgotten and let go when their time is over."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Select, create_engine, delete, event, func, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.records.identity import Identity, private
from sim.storage.records.result import RunResult
from sim.storage.records.tables import DECISION, DIMENSION, PERSON, RUN, SEAT, SETTING, SQUAD

FILE = "records.sqlite"
RETENTION_DAYS = 365
"""How long runs are kept when the academy has not said otherwise."""
PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
Row = Mapping[str, Any]


class Register:
    """The records of one academy: SQLite in the data folder, or a database at a URL."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Opens them, and brings their tables up to this version.

        Raises:
            BadInput: the URL is none, no driver speaks it, or the database cannot be reached or used.
        """
        self.identity = Identity(folder)
        self.path = None if url else folder / FILE
        self._engine = _engine(folder, url)
        with self._talking() as connection:
            _upgrade(connection)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    # ---------------------------------------------------------------------------------------- entering

    def add(self, result: RunResult) -> bool:
        """Enters a run, with whoever is new; False when this very journal had been entered before.

        Raises:
            BadInput: a person's or squad's id is no pseudonym.
        """
        people = sorted({person for person, _ in result.seats})
        for name in (*people, *([result.squad] if result.squad else [])):
            check_pseudonym(name)
        with self._usable():
            try:
                return self._add(result, people)
            except IntegrityError:
                # Somebody else has entered the same run or person, or let them go, in the same moment: now it is seen.
                return self._add(result, people)

    def _add(self, result: RunResult, people: list[str]) -> bool:
        with self._engine.begin() as c:
            if c.scalar(select(func.count()).select_from(RUN).where(RUN.c.id == result.id)):
                return False
            day = result.ended[:10]
            for person in people:
                _meet(c, PERSON, person, day)
            if result.squad:
                _meet(c, SQUAD, result.squad, day)
            c.execute(insert(RUN), _run_row(result))
            _many(c, SEAT, [{"run": result.id, "person": p, "seat": s} for p, s in sorted(set(result.seats))])
            _many(
                c,
                DIMENSION,
                [
                    {"run": result.id, "dimension": name, "points": points, "coverage": coverage}
                    for name, points, coverage in result.dimensions
                ],
            )
            _many(
                c,
                DECISION,
                [
                    {
                        "run": result.id,
                        "number": d.number,
                        "minute": d.minute,
                        "seat": d.seat,
                        "response": d.response,
                        "accepted": int(d.accepted),
                        "lawful": int(d.lawful),
                        "baseline": int(d.baseline),
                        "latency_s": d.latency_s,
                    }
                    for d in result.decisions
                ],
            )
        return True

    # ---------------------------------------------------------------------------------------- looking up

    def runs(self, person: str = "", squad: str = "") -> list[Row]:
        """Runs, oldest first: all, or those of this person, or of this squad; each with `seats`."""
        wanted: Select[Any] = select(RUN)
        if person:
            wanted = wanted.where(RUN.c.id.in_(select(SEAT.c.run).where(SEAT.c.person == person)))
        if squad:
            wanted = wanted.where(RUN.c.squad == squad)
        with self._talking() as c:
            found = [dict(row) for row in c.execute(wanted.order_by(RUN.c.ended, RUN.c.id)).mappings()]
            seats = [dict(row) for row in c.execute(select(SEAT).order_by(SEAT.c.person, SEAT.c.seat)).mappings()]
        for run in found:
            run["seats"] = [
                {"person": s["person"], "seat": s["seat"]}
                for s in seats
                if s["run"] == run["id"] and (not person or s["person"] == person)
            ]
        return list[Row](found)

    def decisions(self, run: str) -> list[Row]:
        """The decisions of a run in their order."""
        with self._talking() as c:
            wanted = select(DECISION).where(DECISION.c.run == run).order_by(DECISION.c.number)
            return [dict(row) for row in c.execute(wanted).mappings()]

    def dimensions(self, run: str) -> list[Row]:
        """What a run scored in each dimension."""
        with self._talking() as c:
            wanted = select(DIMENSION).where(DIMENSION.c.run == run).order_by(DIMENSION.c.dimension)
            return [dict(row) for row in c.execute(wanted).mappings()]

    def people(self) -> list[str]:
        """Every pseudonym, sorted."""
        with self._talking() as c:
            return [str(name) for name in c.scalars(select(PERSON.c.id).order_by(PERSON.c.id))]

    def squads(self) -> list[str]:
        """Every squad, sorted."""
        with self._talking() as c:
            return [str(name) for name in c.scalars(select(SQUAD.c.id).order_by(SQUAD.c.id))]

    def export(self, person: str) -> dict[str, Any]:
        """Everything that is kept about a person, their name included; of others nothing but that a seat was taken.

        Raises:
            BadInput: nothing is kept under that id.
        """
        name = self.identity.name(person)
        with self._talking() as c:
            about = c.execute(select(PERSON).where(PERSON.c.id == person)).mappings().first()
        if about is None and not name:
            raise _nobody(person, self.people())
        own = []
        for run in self.runs(person=person):
            seats = {seat["seat"] for seat in run["seats"]}
            decisions = [dict(d) for d in self.decisions(str(run["id"])) if d["seat"] in seats]
            own.append({**run, "dimensions": self.dimensions(str(run["id"])), "decisions": decisions})
        return {"person": person, "name": name, "since": about["since"] if about else "", "runs": own}

    # ---------------------------------------------------------------------------------------- letting go

    def forget(self, person: str) -> int:
        """Erases a person: name, pseudonym, and every run nobody else had part in; returns how many runs went.

        What others did in the same run stays, without a trace of who sat beside them. Journals hold no pseudonym and
        still replay.

        Raises:
            BadInput: nothing is kept under that id, or another program keeps the erased from being overwritten.
        """
        named = self.identity.forget(person)
        with self._talking() as c:
            known = c.execute(delete(PERSON).where(PERSON.c.id == person)).rowcount
            c.execute(delete(SEAT).where(SEAT.c.person == person))
            alone = (
                select(RUN.c.id).where(RUN.c.squad.is_(None), RUN.c.id.not_in(select(SEAT.c.run))).order_by(RUN.c.id)
            )
            gone = [str(each) for each in c.scalars(alone)]
            self._drop(c, gone)
        # Also where nobody is found: an erasure that the disk broke off before this last step is tried again.
        self._settle()
        if not named and not known:
            raise _nobody(person, self.people())
        return len(gone)

    def retention_days(self) -> int:
        """How long runs are kept, days."""
        with self._talking() as c:
            return int(_setting(c, "retention_days") or RETENTION_DAYS)

    def keep_for(self, days: int) -> None:
        """Sets how long runs are kept.

        Raises:
            BadInput: less than one day.
        """
        if days < 1:
            raise BadInput.of("retention", Phrase("runs are kept for one day at least"))
        with self._talking() as c:
            _set(c, "retention_days", str(days))

    def purge(self, today: date) -> int:
        """Lets go of every run whose time is over, and of whoever has none left, name and all; returns how many runs.

        A clock that stands before a day these records have already seen is wrong, and nothing is let go by it.
        """
        with self._talking() as c:
            latest = _setting(c, "latest_day")
            if latest and today.isoformat() < latest:
                return 0
            _set(c, "latest_day", today.isoformat())
            last_kept = today - timedelta(days=int(_setting(c, "retention_days") or RETENTION_DAYS))
            seated, played = select(SEAT.c.person), select(RUN.c.squad).where(RUN.c.squad.is_not(None))
            due = [str(each) for each in c.scalars(select(RUN.c.id).where(RUN.c.ended < last_kept.isoformat()))]
            self._drop(c, sorted(due))
            # Names first: should that fail, nothing is let go, and all of it is done the next time.
            for person in [str(each) for each in c.scalars(select(PERSON.c.id).where(PERSON.c.id.not_in(seated)))]:
                self.identity.forget(person)
                c.execute(delete(PERSON).where(PERSON.c.id == person))
            c.execute(delete(SQUAD).where(SQUAD.c.id.not_in(played)))
        # Also where nothing is due: what the disk broke off before this last step is done now.
        self._settle()
        return len(due)

    def _drop(self, c: Connection, runs: Iterable[str]) -> None:
        for run in runs:
            for table in (SEAT, DIMENSION, DECISION):
                c.execute(delete(table).where(table.c.run == run))
            c.execute(delete(RUN).where(RUN.c.id == run))

    def _settle(self) -> None:
        """Rewrites what the database keeps, so that no page or log of it holds what was erased.

        Raises:
            BadInput: another program holds on to the state of before, so what was erased still lies in the log.
        """
        with self._usable(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            if self._engine.dialect.name == "sqlite":
                c.execute(text("VACUUM"))
                held, _, _ = c.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
                if held:
                    raise _held(self.path)
            else:
                for table in (PERSON, SQUAD, RUN, SEAT, DIMENSION, DECISION):
                    c.execute(text(f"VACUUM FULL {table.name}"))

    @contextmanager
    def _talking(self) -> Iterator[Connection]:
        """One transaction: all of it, or none of it."""
        with self._usable(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as wrong:
            raise _unusable(str(self._engine.url.render_as_string(hide_password=True)), wrong) from wrong


def check_pseudonym(name: str) -> None:
    """Raises BadInput for what could be a name in clear rather than an id that was given out."""
    if not PSEUDONYM.fullmatch(name):
        raise BadInput.of(
            "pseudonym",
            Phrase("{name} cannot be an id: letters, digits, dot, - and _, at most 32 of them", name=name),
            hint=Phrase("names are kept apart, with records name ID NAME"),
        )


def _engine(folder: Path, url: str) -> Engine:
    if not url:
        try:
            private(folder / FILE)
        except OSError as wrong:
            raise _unusable(str(folder / FILE), wrong) from wrong
        engine = create_engine(f"sqlite:///{folder / FILE}")
        event.listen(engine, "connect", _prepare)
        return engine
    try:
        return create_engine(make_url(url), pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as wrong:
        raise BadInput.of(
            "records-url",
            Phrase("{url} is no address of a database that can be used", url=url.partition("@")[2] or url),
            hint=Phrase("write {example}", example="postgresql+psycopg://user:password@host/database"),
        ) from wrong


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """A commit is on the disk before it is acknowledged, and what is deleted is overwritten."""
    cursor = connection.cursor()
    for line in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Else two programs that open the records for the first time would both find no tables and make them.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(files("sim.storage.records") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _unusable(where: str, wrong: SQLAlchemyError | OSError) -> BadInput:
    why = (
        str(wrong.strerror)
        if isinstance(wrong, OSError)
        else str(getattr(wrong, "orig", None) or wrong).strip().partition("\n")[0]
    )
    return BadInput.of("records", Phrase("{file} cannot be used: {why}", file=where, why=why))


def _held(file: Path | None) -> BadInput:
    return BadInput.of(
        "records-held",
        Phrase("another program is reading {file}: what was erased still lies beside it", file=str(file)),
        hint=Phrase("close that program and do the same again, until nothing is found any more"),
    )


def _nobody(person: str, known: list[str]) -> BadInput:
    return BadInput.of(
        "nobody",
        Phrase("nothing is kept under {name}", name=person),
        hint=Phrase("ids there are: {names}", names=", ".join(known[:12])) if known else None,
    )


def _meet(c: Connection, table: Any, name: str, day: str) -> None:  # noqa: ANN401 - either of two tables
    if not c.scalar(select(func.count()).select_from(table).where(table.c.id == name)):
        c.execute(insert(table), {"id": name, "since": day})


def _many(c: Connection, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - any of the tables
    if rows:
        c.execute(insert(table), rows)


def _setting(c: Connection, name: str) -> str:
    return str(c.scalar(select(SETTING.c.value).where(SETTING.c.name == name)) or "")


def _set(c: Connection, name: str, value: str) -> None:
    if not c.execute(update(SETTING).where(SETTING.c.name == name).values(value=value)).rowcount:
        c.execute(insert(SETTING), {"name": name, "value": value})


def _run_row(result: RunResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "ended": result.ended,
        "scenario": result.scenario,
        "drill": result.drill,
        "squad": result.squad,
        "seed": str(result.seed),
        "mode": result.mode,
        "engine": result.engine,
        "rubric": result.rubric,
        "minutes": result.minutes,
        "outcome": result.outcome,
        "total": result.total,
        "grade": result.grade,
        "coverage": result.coverage,
        "gates": "+".join(result.gates),
        "journal": result.journal,
    }
