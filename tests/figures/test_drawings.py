"""Every movement and home test has a drawing of a whole, possible body, small enough for any page."""

from __future__ import annotations

import gzip
import re
import time
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from selfcheck.figures import figure
from selfcheck.figures.checking import figure_faults, joint_faults
from selfcheck.figures.drawing import WIDE, panels, skeletons, svg
from selfcheck.figures.skeleton import Skeleton, lowest, skeleton
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.figures import Figure, FiguresFile, Pose

BONES = (
    ("hips", "waist"), ("waist", "chest"), ("chest", "neck"), ("neck", "head"),
    *((f"{side}.{start}", f"{side}.{end}") for side in ("left", "right") for start, end in (
        ("hip", "knee"), ("knee", "ankle"), ("heel", "toes"), ("ankle", "toes"),
        ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "fingers"),
    )),
)  # fmt: skip
MOST_ADDED = 12_000
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="session")
def drawings(rulebook: Rulebook) -> Drawings:
    assert rulebook.drawings is not None
    return rulebook.drawings


@pytest.fixture(scope="session")
def drawn(drawings: Drawings) -> tuple[Figure, ...]:
    return drawings.file.figure


def lengths(bones: Skeleton) -> list[float]:
    return [round(bones.joints[end].minus(bones.joints[start]).length, 3) for start, end in BONES]


def outline(path: str) -> list[tuple[float, float]]:
    """The points of a path that only has moves, lines, arcs and bows."""
    x = y = 0.0
    found = []
    for command, body in re.findall(r"([MLlhvaqz])([^MLlhvaqz]*)", path):
        if command == "a":
            radii, flags, rest = re.match(r"(\d+ \d+ 0 )([01]{2})(.*)", body).groups()  # type: ignore[union-attr]
            assert radii
            assert flags
            moves = [tuple(map(float, NUMBER.findall(rest)))]
        else:
            values = list(map(float, NUMBER.findall(body)))
            if command == "h":
                moves = [(values[0], 0.0)]
            elif command == "v":
                moves = [(0.0, values[0])]
            elif command == "q":
                moves = [(values[2], values[3])]
            else:
                moves = [(values[0], values[1])] if values else []
        for across, down in moves:
            x, y = (across, down) if command == "M" else (x + across, y + down)
            found.append((x, y))
    return found


def test_every_movement_and_every_home_test_has_a_drawing(rulebook: Rulebook) -> None:
    wanted = [each.id for each in rulebook.file.exercise if each.kind != "habit"]
    wanted += [each.id for each in rulebook.file.home_test]
    assert len(wanted) > 70
    assert [name for name in wanted if figure(rulebook, name) is None] == []


def test_habits_and_unknown_ids_have_none(rulebook: Rulebook, small: Rulebook) -> None:
    assert figure(rulebook, "hb_walking") is None
    assert figure(rulebook, "nobody") is None
    assert small.drawings is None
    assert figure(small, "st_pigeon") is None


def test_no_limb_changes_its_length_between_poses(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    own = lengths(skeleton(Pose()))
    assert own[0] == 9.5
    for each in drawn:
        for bones, helper in skeletons(each, drawings.stances):
            assert lengths(bones) == own, each.id
            assert helper is None or lengths(helper) == own, each.id


def test_every_body_is_possible_and_rests_on_something(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    assert {each.id: list(figure_faults(each, drawings)) for each in drawn} == {each.id: [] for each in drawn}


def test_the_lowest_point_is_on_the_floor(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    in_the_air = {"sg_deep_jump"}
    off_the_floor = {
        each.id
        for each in drawn
        for bones, _ in skeletons(each, drawings.stances)
        if not -1 <= lowest(bones.joints, bones.frames) <= 1
    }
    lying_high = {"st_edge_of_bed", "t_thomas", "sm_professional_massage", "t_rot", "sg_step_up"}
    assert off_the_floor <= lying_high | in_the_air


@pytest.mark.parametrize(
    ("pose", "fault"),
    [
        ({"legs": [270, 300]}, "knee: bent 30 degrees the wrong way"),
        ({"legs": [270, 100]}, "knee: bent by 170 degrees"),
        ({"legs": [200, 200]}, "hip: -70 degrees forward"),
        ({"right_leg": [[270, -60], [270, -60]]}, "hip: -60 degrees out"),
        ({"arms": [270, 80]}, "elbow: bent by 170 degrees"),
        ({"legs": [270, 270, 80]}, "degrees from pointed; at most 130"),
        ({"trunk": [90, 90, 20]}, "between waist and chest: bent by 70 degrees"),
        ({"head": 0}, "between chest and head: bent by 90 degrees"),
    ],
)
def test_a_joint_that_bends_too_far_is_named(pose: dict[str, object], fault: str) -> None:
    standing = {"faces": "right", "legs": [270, 270], "arms": [270, 270]}
    body = Pose.model_validate(standing | pose)
    assert any(fault in words for words in joint_faults(skeleton(body)))
    assert not list(joint_faults(skeleton(Pose.model_validate(standing))))


def test_a_body_that_floats_or_sinks_is_named(drawings: Drawings) -> None:
    high = Figure.model_validate({"id": "a", "shows": "High.", "start": {"height": 80}})
    deep = Figure.model_validate({"id": "a", "shows": "Deep.", "start": {"height": 20}})
    assert [words for _, words in figure_faults(high, drawings)] == [
        "the lowest point is 26.8 above the floor"
    ]
    assert [words for _, words in figure_faults(deep, drawings)] == [
        "the lowest point is 33.2 below the floor"
    ]


def test_nothing_is_drawn_outside_the_frame(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    for each in drawn:
        root = ET.fromstring(svg(each, drawings.stances))  # noqa: S314 - our own text
        left, top, wide, high = map(float, root.attrib["viewBox"].split())
        assert (left, top, wide) == (0, 0, WIDE)
        places = [
            place
            for path in root.iter("{http://www.w3.org/2000/svg}path")
            for place in outline(path.attrib["d"])
        ]
        assert len(places) > 50
        across, down = zip(*places, strict=True)
        assert min(across) >= 0, each.id
        assert max(across) <= wide, each.id
        assert min(down) >= 0, each.id
        assert max(down) <= high, each.id


def test_panels_stand_apart(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    assert {len(panels(each, drawings.stances)) for each in drawn} <= {1, 2}
    alone = [each.id for each in drawn if len(panels(each, drawings.stances)) == 1]
    assert sorted(alone) == ["sm_massage_gun_glute", "sm_professional_massage"]


def test_each_is_small_well_formed_and_always_the_same(rulebook: Rulebook, drawings: Drawings) -> None:
    again = Drawings(drawings.text, drawings.name, rulebook.file)
    for name, each in drawings.figures.items():
        text = svg(each, drawings.stances)
        assert len(text.encode()) < 3000, name
        assert text == svg(again.figures[name], again.stances)
        assert "style=" not in text
        assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own text


def test_every_drawing_says_in_words_what_it_shows(rulebook: Rulebook, drawings: Drawings) -> None:
    said = []
    for name, each in drawings.figures.items():
        text = figure(rulebook, name)
        assert text is not None
        label = re.search(r'role="img" aria-label="([^"]+)"', text)
        assert label is not None, name
        assert unescape(label[1]) == each.shows
        said.append(each.shows)
    assert len(set(said)) == len(said)


def test_words_are_escaped() -> None:
    risky = Figure.model_validate({"id": "a", "shows": 'One & "two" <three>', "start": {}})
    assert ET.fromstring(svg(risky, {})).attrib["aria-label"] == 'One & "two" <three>'  # noqa: S314 - our own text


def test_the_other_side_is_the_mirror_image(rulebook: Rulebook) -> None:
    right = figure(rulebook, "st_pigeon", "right")
    left = figure(rulebook, "st_pigeon", "left")
    assert right is not None
    assert left is not None
    assert figure(rulebook, "st_pigeon") == right
    assert left.replace(f' transform="matrix(-1 0 0 1 {WIDE} 0)"', "") == right
    assert left != right
    assert figure(rulebook, "st_child_pose", "left") == figure(rulebook, "st_child_pose")


def test_six_drawings_add_little_to_a_page(rulebook: Rulebook, drawings: Drawings) -> None:
    ordered = sorted(drawings.figures, key=lambda name: -len(str(figure(rulebook, name))))
    page = "<p>plan</p>" + "".join(str(figure(rulebook, name)) for name in ordered[:6])
    assert len(gzip.compress(page.encode(), 6)) < MOST_ADDED


def test_all_are_drawn_within_a_second(drawings: Drawings) -> None:
    file = FiguresFile.model_validate(drawings.file.model_dump())
    before = time.process_time()
    texts = [svg(each, drawings.stances) for each in file.figure]
    assert time.process_time() - before < 1.0
    assert len(texts) == len(drawings.figures)


def test_start_and_end_differ(drawings: Drawings, drawn: tuple[Figure, ...]) -> None:
    same = [
        each.id
        for each in drawn
        for first, second in pairwise(skeletons(each, drawings.stances))
        if first[0].joints == second[0].joints
    ]
    assert sorted(same) == ["sg_glute_squeeze", "sg_iso_abduction"], "presses without movement"
