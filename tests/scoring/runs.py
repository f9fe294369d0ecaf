"""Three ways through the same hour and a half, made by hand: talking, doing nothing, and force."""

from tests.measures.journals import Run

INJECTS = (
    ("poster", 5, "signal", "false"),
    ("cabs", 10, "gathering", "true"),
    ("dead", 18, "rumour", "false"),
    ("surrounded", 25, "threat", "true"),
    ("rude", 40, "misconduct", "true"),
    ("offer", 50, "decision_maker", "true"),
)


def timeline(run: Run, *, handled: bool) -> Run:
    """What happens to everybody: signals, a rumour, an attack, an ambulance, a chance to talk."""
    for identity, minute, about, truth in INJECTS:
        answer = 2.0 if handled else None
        run.inject(identity, minute, about, truth=truth, status="handled" if handled else "missed", answered=answer)
    run.what(18, "rumour_started", rumour="death").what(20, "ambulance_started", ambulance="a")
    return run.what(25, "assault", place="rank", offenders=2, protected=handled)


def talking() -> Run:
    """Contact, listening, the truth, a meeting, a dated promise."""
    run = timeline(Run().crowd(0, 100, officers_visible=20), handled=True)
    run.order(3, "first_contact").order(12, "alert", catalogue="EW7").order(
        24, "protect", force="presence", group="targeted"
    )
    run.what(4, "first_contact", unit="LIA-1").what(13, "summoned", response="alert", units=["GOV-1"])
    run.what(13, "alert", response="alert", level="send", inflated=False)
    for minute in (15, 30, 45):
        run.what(minute, "talk", response="listening", contacts=8, listened=True)
    run.what(20, "statement", response="holding", about="facts", rumour="", true=True, evidence=False)
    run.what(30, "statement", response="correction", about="rumour", rumour="death", true=True, evidence=True)
    run.what(28, "ambulance_arrived", ambulance="a", delay_min=3)
    run.what(43, "misconduct_stopped", place="square")
    run.what(55, "statement", response="apology", about="apology", rumour="", true=True)
    run.what(48, "representatives", number=5, supporters=90).what(60, "meeting", mandate=True, seats=5)
    run.what(70, "promise", demand="fee", owner="GOV", dated=True, within_authority=True, weight=0.9)
    run.what(75, "report_back", promises=1, understood=0.8)
    return run.reading(
        101,
        remaining=20,
        participants=20,
        left_voluntary=80,
        legitimacy_all=0.55,
        legitimacy_min_group=0.45,
        public=0.6,
    )


def passive() -> Run:
    """Nothing is ordered; what happens happens."""
    run = timeline(Run().crowd(0, 100, anger=0.4, identity=0.35, tellers={"death": 0.2}), handled=False)
    for waited in range(1, 60):
        run.what(20 + waited, "ambulance_waiting", ambulance="a", minutes=waited)
    run.what(26, "injury", severity="serious", cause="crowd", person=-1, x=0.0, y=0.0)
    return run.reading(101, remaining=80, left_voluntary=20, legitimacy_all=0.4, legitimacy_min_group=0.3, public=0.3)


def force() -> Run:
    """The square is empty within half an hour, whatever it takes."""
    run = timeline(Run().crowd(0, 12, gear_max=3, officers_visible=80), handled=False)
    run.order(3, "gas", force="area", group="dispersal", lawful=False, activity=1)
    run.order(5, "push", force="line", group="dispersal", lawful=False, activity=2)
    run.what(6, "area_force", response="gas", hit=60, offenders_hit=1).state(8, 0, 3)
    run.what(7, "injury", severity="serious", cause="police", person=9, x=0.0, y=0.0)
    run.crowd(13, 30, participants=40, anger=0.7, identity=0.7, left_moved=60, gear_max=3, remaining=40)
    run.what(9, "push_begins", response="push", units=["POU-1"]).state(28, 3, 5)
    return run.reading(31, participants=0, remaining=0, left_moved=100, legitimacy_all=0.2, legitimacy_min_group=0.1)
