"""xAPI: records as statements (Experience API 1.0.3) that a learning record store takes in.

Verbs are ADL's; what a drill-sized exercise needs and no more: initialized, responded, completed, passed, failed,
abandoned. An actor is an account under a pseudonym, never a name or an address. A statement's id follows from the run
and its place in it, so that sending twice stores once.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from sim.core.errors import BadInput
from sim.core.phrase import LText, Phrase
from sim.storage.records.register import Register, Row

VERSION = "1.0.3"
HOME_PAGE = "http://localhost/commonground"
"""Whose pseudonyms these are, where the academy has not said."""
_SPACE = UUID("6f1a7a8e-2f0e-5d55-9a6e-0b7f4b7d5c11")
ADL = "http://adlnet.gov/expapi"
VERBS = {
    "initialized": LText("initialized", "开始"),
    "responded": LText("responded", "作出处置"),
    "completed": LText("completed", "完成"),
    "passed": LText("passed", "合格"),
    "failed": LText("failed", "不合格"),
    "abandoned": LText("abandoned", "中止"),
}
ELSEWHERE = {"abandoned": "https://w3id.org/xapi/adl/verbs/abandoned"}
"""Verbs that are not in ADL's first list."""
PASSING = frozenset("ABC")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Account(_Part):
    """A pseudonym at an academy."""

    home_page: str = Field(alias="homePage")
    name: str


class Actor(_Part):
    """Who did it."""

    object_type: Literal["Agent"] = Field("Agent", alias="objectType")
    account: Account


class Verb(_Part):
    """What they did."""

    id: str
    display: dict[str, str]


class Definition(_Part):
    """What kind of thing it was done with."""

    type: str
    name: dict[str, str]


class Activity(_Part):
    """What it was done with."""

    object_type: Literal["Activity"] = Field("Activity", alias="objectType")
    id: str
    definition: Definition


class Score(_Part):
    """0 to 100, and the same as a share."""

    scaled: float = Field(ge=-1, le=1)
    raw: float
    min: float = 0.0
    max: float = 100.0


class Result(_Part):
    """What came of it."""

    score: Score | None = None
    success: bool | None = None
    completion: bool | None = None
    response: str | None = None
    duration: str | None = None


class Context(_Part):
    """Which run it belongs to, and on what."""

    registration: str
    platform: str


class Statement(_Part):
    """One statement."""

    id: str
    actor: Actor
    verb: Verb
    object: Activity
    result: Result | None = None
    context: Context
    timestamp: str
    version: str = VERSION


def statements(
    register: Register, titles: dict[str, LText], person: str = "", home_page: str = HOME_PAGE
) -> list[dict[str, object]]:
    """Statements about every run a person sat in (everybody's where none is named), oldest first, as plain data.

    Args:
        register: the records.
        titles: names of scenarios and responses by id; an id that is not in it goes by itself.
        person: whose runs; "" for all.
        home_page: an address that says whose pseudonyms these are.

    Raises:
        BadInput: `home_page` is no web address.
    """
    if not home_page.startswith(("http://", "https://")):
        raise BadInput.of(
            "home-page", Phrase("{url} is no web address: it begins with http:// or https://", url=home_page)
        )
    found: list[dict[str, object]] = []
    for run in register.runs(person=person):
        decisions = register.decisions(str(run["id"]))
        for seat in run["seats"]:
            teller = _Teller(run, seat["person"], seat["seat"], titles, home_page.rstrip("/"))
            own = [d for d in decisions if d["seat"] == seat["seat"] and d["accepted"]]
            found += [each.model_dump(by_alias=True, exclude_none=True) for each in teller.tell(own)]
    return found


class _Teller:
    def __init__(self, run: Row, person: str, seat: str, titles: dict[str, LText], home: str) -> None:
        self.run, self.seat, self.titles, self.home = run, seat, titles, home
        self.actor = Actor(account=Account(home_page=home, name=person))
        self.registration = str(uuid5(_SPACE, str(run["id"])))
        ended = datetime.strptime(str(run["ended"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        self.began = ended - timedelta(minutes=float(run["minutes"]))
        self.ended = ended
        self.count = 0

    def tell(self, decisions: list[Row]) -> Iterator[Statement]:
        """From the first to the last."""
        yield self._statement("initialized", self._simulation(), self.began)
        first = min((float(d["minute"]) for d in decisions), default=0.0)
        for decision in decisions:
            after = timedelta(minutes=float(decision["minute"]) - first)
            result = Result(
                response=str(decision["response"]),
                success=bool(decision["lawful"]) and bool(decision["baseline"]),
                duration=None if decision["latency_s"] is None else _duration(float(decision["latency_s"])),
            )
            yield self._statement("responded", self._response(str(decision["response"])), self.began + after, result)
        total = self.run["total"]
        if self.run["outcome"] == "stopped" or total is None:
            yield self._statement("abandoned", self._simulation(), self.ended)
            return
        score = Score(scaled=round(float(total) / 100.0, 4), raw=float(total))
        passed = self.run["grade"] in PASSING and not self.run["gates"]
        whole = Result(
            score=score, success=passed, completion=True, duration=_duration(60.0 * float(self.run["minutes"]))
        )
        yield self._statement("completed", self._simulation(), self.ended, whole)
        yield self._statement("passed" if passed else "failed", self._simulation(), self.ended, whole)

    def _statement(self, verb: str, about: Activity, when: datetime, result: Result | None = None) -> Statement:
        self.count += 1
        own = f"{self.run['id']} {self.actor.account.name} {self.seat} {self.count}"
        return Statement(
            id=str(uuid5(_SPACE, own)),
            actor=self.actor,
            verb=Verb(
                id=ELSEWHERE.get(verb, f"{ADL}/verbs/{verb}"),
                display={"en-US": VERBS[verb].en, "zh-CN": VERBS[verb].zh},
            ),
            object=about,
            result=result,
            context=Context(registration=self.registration, platform=f"Common Ground {self.run['engine']}"),
            timestamp=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _simulation(self) -> Activity:
        name = str(self.run["drill"] or self.run["scenario"])
        return self._activity("simulation", "scenario", name)

    def _response(self, name: str) -> Activity:
        return self._activity("interaction", "response", name)

    def _activity(self, kind: str, room: str, name: str) -> Activity:
        title = self.titles.get(name, LText(name, name))
        return Activity(
            id=f"{self.home}/{room}/{name}",
            definition=Definition(type=f"{ADL}/activities/{kind}", name={"en-US": title.en, "zh-CN": title.zh}),
        )


def _duration(seconds: float) -> str:
    """As ISO 8601 writes it, to a hundredth of a second."""
    return f"PT{seconds:.2f}S"
