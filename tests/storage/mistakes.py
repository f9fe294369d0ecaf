"""Mistakes that authors of scenario files really make, each in the first lesson, marked where it is to be found.

`¦` stands where the fault is to be found; what follows is part of the hint, or nothing where no hint could name more.
"""

from typing import NamedTuple

from sim.storage.library import scenario_folder

SOUND = (scenario_folder() / "first_steps.yaml").read_text(encoding="utf-8")
HERE = "¦"


class Mistake(NamedTuple):
    """What was written, what is written instead, and what the hint has to say."""

    old: str
    new: str
    hint: str


class Planted(NamedTuple):
    """A file with a mistake, and its place."""

    text: str
    line: int
    column: int


MISTAKES: dict[str, Mistake] = {
    # Letters, marks and spaces.
    "a key misspelt at the top": Mistake("\nbriefing:\n", "\n¦breifing:\n", "briefing"),
    "a key misspelt inside": Mistake("  width_m: 140", "  ¦widht_m: 140", "width_m"),
    "a key with a capital": Mistake("    people: 24", "    ¦People: 24", "people"),
    "a key with a hyphen": Mistake("if_not_text:", "¦if-not-text:", "if_not_text"),
    "a tab in the indentation": Mistake("  width_m: 140", "¦\twidth_m: 140", "spaces"),
    "a full-width colon": Mistake("id: first_steps", "id¦：first_steps", '":" and a space'),
    "no space after the colon": Mistake("id: first_steps", "id¦:first_steps", '":" and a space'),
    "a full-width space after the colon": Mistake("height_m: 90", "height_m¦:　90", '":" and a space'),
    "curly quotes": Mistake('starts_at: "10:00"', "starts_at: ¦“10:00”", "straight quotes"),
    "a colon in a text without quotes": Mistake(
        'en: "First steps: the swimming hall"', "en: First steps¦: the swimming hall", "quotes"
    ),
    "a quotation mark never closed": Mistake('starts_at: "10:00"', 'starts_at: ¦"10:00', "quotation mark"),
    "a bracket never closed": Mistake("minutes: [0, 15]", "minutes: ¦[0, 15", "bracket"),
    "a brace closed by a bracket": Mistake("{assumed: 0.4}", "{assumed: 0.4¦]", "bracket"),
    "a comma of the other language": Mistake(
        "exits: [west_gate, south_gate]", "exits: [¦west_gate，south_gate]", "comma"
    ),
    "a dash without a space": Mistake("  - id: lawn", "  ¦-id: lawn", ""),
    "one space too few": Mistake("    people: 24", "   ¦people: 24", "line"),
    "one level too deep": Mistake("      exit_width_m: 10", "        ¦exit_width_m: 10", ""),
    "a comment of another language": Mistake("\nschema: 2", "\n¦// the version\nschema: 2", ""),
    "an anchor": Mistake("post: [forecourt]", "post: ¦&spot [forecourt]", "quotes"),
    # Texts.
    "no Chinese text": Mistake(
        'title:\n  en: "First steps: the swimming hall"\n  zh: 第一课：游泳馆门前',
        'title:\n  ¦en: "First steps: the swimming hall"',
        "zh",
    ),
    "an empty text": Mistake("zh: 第一课：游泳馆门前", 'zh: ¦""', "longer"),
    "a language that is not there": Mistake(
        "  zh: 第一课：游泳馆门前", "  zh: 第一课\n  ¦de: Erste Schritte", "en, zh"
    ),
    # Numbers.
    "a unit behind a number": Mistake("width_m: 140", "width_m: ¦140 m", "no unit"),
    "a decimal comma": Mistake("patience_min: {assumed: 10}", "patience_min: {assumed: 10,¦5}", ""),
    "a figure that does not say where it is from": Mistake(
        "hardship: {assumed: 0.4}", "hardship: ¦0.4", "{assumed: 0.4}"
    ),
    "a share in per cent": Mistake("hardship: {assumed: 0.4}", "hardship: {¦assumed: 40}", "0.4"),
    "assumed misspelt": Mistake("hardship: {assumed: 0.4}", "hardship: {¦asumed: 0.4}", "assumed"),
    "a source that is not named": Mistake("hardship: {assumed: 0.4}", "hardship: ¦{sourced: 0.4}", "from"),
    "people below zero": Mistake("people: 24", "people: ¦-24", "≥ 1"),
    "more people than one group can hold": Mistake("people: 24", "people: ¦5000", "≤ 2000"),
    "half a person": Mistake("people: 24", "people: ¦24.5", "digits only"),
    "an hour without its zero": Mistake('starts_at: "10:00"', 'starts_at: ¦"9:00"', "09:00"),
    "a minute as a clock": Mistake("    minute: 2.1", "    minute: ¦00:02", "digits"),
    "a window of no length": Mistake("window_min: 3", "window_min: ¦0", "> 0"),
    # Ground.
    "a rectangle of three numbers": Mistake("rect: [50, 32, 90, 56]", "rect: ¦[50, 32, 90]", "longer"),
    "a rectangle the wrong way round": Mistake("rect: [50, 32, 90, 56]", "¦rect: [90, 32, 50, 56]", "west"),
    "a place outside the site": Mistake("rect: [50, 32, 90, 56]", "¦rect: [50, 32, 190, 56]", "inside"),
    "a polygon of two corners": Mistake("rect: [50, 32, 90, 56]", "¦polygon: [[50, 32], [90, 56]]", "polygon"),
    "two shapes at once": Mistake(
        "rect: [50, 32, 90, 56]", "¦rect: [50, 32, 90, 56]\n        polygon: [[50, 32], [90, 32], [90, 56]]", "rect"
    ),
    "an exit without its unit in the key": Mistake("      exit_width_m: 10", "      ¦exit_width: 10", "exit_width_m"),
    # Ids.
    "an id with a space": Mistake("  - id: lawn", "  - id: ¦the lawn", "the_lawn"),
    "an id with a capital": Mistake("  - id: lawn", "  - id: ¦Lawn", "lawn"),
    "a call sign without its hyphen": Mistake("id: LIA-1", "id: ¦LIA1", "LIA-1"),
    "a code in small letters": Mistake("code: PAT", "code: ¦pat", "PAT"),
    "a code written out": Mistake("code: PAT", "code: ¦Patrol", "PAT"),
    "a place misspelt": Mistake("spawn: [forecourt]", "spawn: [¦forcourt]", "forecourt"),
    "a unit at a place that is not there": Mistake("at: command_post", "at: ¦comand_post", "command_post"),
    "a way out that is no exit": Mistake("exits: [west_gate, south_gate]", "exits: [west_gate, ¦lawn]", "there are"),
    "the same id twice": Mistake("  - id: speak_first", "  - id: ¦look_round", "another id"),
    "a key given twice": Mistake("    strength: 4\n", "    strength: 4\n    ¦strength: 5\n", "one of the two"),
    # People and law.
    "a role in American spelling": Mistake("sympathiser: 0.75", "¦sympathizer: 0.75", "sympathiser"),
    "shares that do not add up": Mistake("roles: {sympathiser: 0.75,", "roles: ¦{sympathiser: 0.65,", "0.1"),
    "a pack misspelt": Mistake("unlawful_orders: mark", "domestic: ¦england_whales", "england_wales"),
    "an answer to unlawful orders that is not there": Mistake(
        "unlawful_orders: mark", "unlawful_orders: ¦refused", "refuse"
    ),
    # Timeline.
    "a truth without quotes": Mistake("truth: 'true'", "truth: ¦true", "quotes"),
    "a channel misspelt": Mistake("channel: social", "channel: ¦socail", "social"),
    "a kind of message that is not there": Mistake("about: crowding", "about: ¦crowd", "crowding"),
    "an inject after the end": Mistake("    minute: 12.6", "    minute: ¦126", "minute"),
    "an answer misspelt": Mistake("answers: [first_contact]", "answers: [¦frist_contact]", "first_contact"),
    "a response misspelt in a condition": Mistake("ordered: first_contact", "ordered: ¦first_contect", "first_contact"),
    "two questions in one condition": Mistake(
        "handled:\n      ordered: first_contact",
        "handled:\n      ¦ordered: first_contact\n      flag: seen",
        "keep one",
    ),
    "a metric misspelt": Mistake("metric: marked_orders", "metric: ¦marked_order", "marked_orders"),
    "a metric without an amount": Mistake(
        "      metric: marked_orders\n      at_least: 1\n", "      ¦metric: marked_orders\n", "at_least"
    ),
    "an amount that belongs to nothing": Mistake(
        "flag: way_out_kept\n  - id: nobody_hurt",
        "flag: way_out_kept\n      ¦at_least: 1\n  - id: nobody_hurt",
        "metric",
    ),
    "an effect misspelt": Mistake("do: hearsay", "do: ¦heresay", "hearsay"),
    "an effect without its name": Mistake("      - do: gather\n        group", "      - ¦group", "do"),
    "a key of an effect misspelt": Mistake(
        "        convincing: {assumed: 0.6}", "        ¦convincng: {assumed: 0.6}", "convincing"
    ),
    "a group that is not there": Mistake("group: neighbours", "group: ¦neighbors", "neighbours"),
    "a consequence of nothing": Mistake(
        "    handled:\n      ordered: first_contact\n    window_min: 4\n    expert_min: 1\n"
        "    answers: [first_contact]\n    if_not:\n      - do",
        "    window_min: 4\n    expert_min: 1\n    answers: [first_contact]\n    if_not:\n      ¦- do",
        "handled",
    ),
    "one text where a list belongs": Mistake(
        "trains: [early_warning, methods, standardisation]", "trains: ¦methods", '"- "'
    ),
    "a value forgotten": Mistake("    patience_min: {assumed: 300}", "    patience_min: ¦", "value"),
    # What real instructors bring along: word processors, other keyboards, two versions, habits from other tools.
    "a comma in a text between braces": Mistake(
        'says: {en: "A player by the book meets every aim.",', "says: {en: A player, ¦who knows the book,", "quotes"
    ),
    "a colon in a text between braces": Mistake(
        'says: {en: "A player by the book meets every aim.",', "says: {en: By the book¦: every aim,", "quotes"
    ),
    "curly quotes between braces": Mistake(
        'says: {en: "Who does nothing meets not every aim.",', "says: {en: ¦“Nothing: nothing”,", "straight quotes"
    ),
    "a full-width comma between braces": Mistake(
        "arrives: {from_min: 0, to_min: 4}", "arrives: {from_min: 0¦，to_min: 4}", "plain comma"
    ),
    "a full-width colon between braces": Mistake(
        "arrives: {from_min: 0, to_min: 4}", "arrives: {¦from_min：0, to_min: 4}", '":" and a space'
    ),
    "full-width brackets": Mistake("spawn: [forecourt]", "spawn: ¦【forecourt】", "plain brackets"),
    "full-width braces": Mistake("hardship: {assumed: 0.4}", "hardship: ¦｛assumed: 0.4｝", "plain brackets"),
    "full-width digits": Mistake("people: 24", "people: ¦２４", "digits"),
    "semicolons between numbers": Mistake("rect: [50, 32, 90, 56]", "rect: [¦50; 32; 90; 56]", "comma"),
    "a time without quotes": Mistake('starts_at: "10:00"', "starts_at: ¦8:30", "08:30"),
    "a time with seconds": Mistake('starts_at: "10:00"', 'starts_at: ¦"10:00:00"', "10:00"),
    "a time with a dot": Mistake('starts_at: "10:00"', 'starts_at: ¦"10.00"', "10:00"),
    "yes where a word belongs": Mistake("truth: 'false'", "truth: ¦no", ""),
    "a text that is true": Mistake("      en: Lawn", "      en: ¦true", "quotes"),
    "a number as text": Mistake("\nschema: 2", "\nschema: ¦'2'", "without quotes"),
    "two versions left by a merge": Mistake(
        "    people: 24\n", "¦<<<<<<< HEAD\n    people: 24\n=======\n    people: 30\n>>>>>>> theirs\n", "keep one"
    ),
    "a letter of another alphabet in a key": Mistake("    people: 24", "    ¦pеople: 24", "people"),
    "a letter of another alphabet in an id": Mistake("spawn: [forecourt]", "spawn: [¦forеcourt]", "forecourt"),
    "an id in Chinese": Mistake("  - id: lawn", "  - id: ¦草坪", "west_gate"),
    "an id that begins with a digit": Mistake("  - id: lawn", "  - id: ¦2nd_lawn", "nd_lawn"),
    "a dash of the word processor in a call sign": Mistake("id: LIA-1", "id: ¦LIA–1", "LIA-1"),
    "a code misspelt": Mistake("    code: INF", "    code: ¦IMF", "INF"),
    "minutes below zero": Mistake("window_min: 3", "window_min: ¦-3", "> 0"),
    "x and y swapped": Mistake("rect: [96, 0.5, 104, 4]", "¦rect: [0.5, 96, 4, 104]", "inside"),
    "width and height instead of corners": Mistake("rect: [50, 32, 90, 56]", "¦rect: [50, 32, 40, 24]", "west"),
    "corners as pairs": Mistake("rect: [50, 32, 90, 56]", "rect: ¦[[50, 32], [90, 56]]", ""),
    "corners in the wrong order": Mistake(
        "rect: [50, 32, 90, 56]", "¦polygon: [[50, 32], [90, 56], [90, 32], [50, 56]]", "round the edge"
    ),
    "two places on one spot": Mistake("rect: [58, 14, 84, 24]", "¦rect: [50, 32, 90, 56]", "one name"),
    "a share with a per cent sign": Mistake("roles: {worker: 1.0}", "roles: {worker: ¦100%}", "digits"),
    "a number from to": Mistake("people: 24", "people: ¦20-24", "digits"),
    "a number in words": Mistake("    strength: 4", "    strength: ¦four", "digits"),
    "an equals sign": Mistake("  width_m: 140", "  width_m ¦= 140", '":" and a space'),
    "spaces of a web page in the indentation": Mistake("  width_m: 140", "¦\u00a0\u00a0width_m: 140", "spaces"),
    "a space of a web page after the colon": Mistake("  width_m: 140", "  width_m¦:\u00a0140", '":" and a space'),
    "an apostrophe in single quotes": Mistake("      en: Lawn", "      en: 'The children'¦s lawn'", "''"),
    "a folder of Windows in double quotes": Mistake("      en: Lawn", '      en: "C:¦\\lawn"', "\\\\"),
    "a list entry without its dash": Mistake("win:\n  - id: contact_made", "win:\n    ¦id: contact_made", '"- "'),
    "a dash too many": Mistake("    people: 24\n    roles", "    people: 24\n    ¦- roles", "away"),
    "ids as keys where a list belongs": Mistake("injects:\n  - id: look_round", "injects:\n  ¦look_round:", '"- "'),
    "a list where keys belong": Mistake("arrives: {from_min: 0, to_min: 4}", "arrives: ¦[0, 4]", ""),
    "a condition as a formula": Mistake(
        "      metric: serious_injuries\n      at_most: 0\n", "      ¦serious_injuries <= 0\n", ""
    ),
    "a name where an id belongs": Mistake("place: hall_doors", "place: ¦Doors of the swimming hall", "hall_doors"),
    "text on the line of its bar": Mistake("      en: Lawn", "      en: | ¦the lawn", "next line"),
    "text beside its bar": Mistake("      en: Lawn\n", "      en: |\n      ¦The lawn\n", ""),
    "a sign that cannot be seen": Mistake("  - id: lawn", "  - id: ¦\u200blawn", "delete"),
    "a version of another time": Mistake("\nschema: 2", "\nschema: ¦3", ""),
}


def plant(name: str) -> Planted:
    """The first lesson with that mistake."""
    mistake = MISTAKES[name]
    assert mistake.old in SOUND, name
    text = SOUND.replace(mistake.old, mistake.new, 1)
    offset = text.index(HERE)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return Planted(text.replace(HERE, ""), line, column)
