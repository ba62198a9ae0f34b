"""A graph in somebody else's page: the frame, the element and their protocol, on a host of another origin."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from accessibility import violations
from playwright.sync_api import Browser, FrameLocator, Page, expect
from still import drawn, still

LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
TWICE = "a = 3\nb = a + a"


@dataclass
class Host:
    """A page of another origin, and what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def messages(self, event: str) -> list[dict[str, Any]]:
        """What the frame told its host, of one kind."""
        heard: list[dict[str, Any]] = self.page.evaluate("heard.map(data => JSON.parse(data))")
        return [message for message in heard if message["event"] == event]

    def last(self, event: str, count: int = 1) -> dict[str, Any]:
        """The last of at least `count` messages."""
        self.page.wait_for_function(
            "([event, count]) => heard.filter(data => JSON.parse(data).event === event).length >= count",
            arg=[event, count],
        )
        return self.messages(event)[-1]

    def ask(self, **command: Any) -> dict[str, Any]:
        """A command and its answer."""
        name = f"ask {self.page.evaluate('heard.length')}"
        self.page.evaluate(
            "data => frames[0].postMessage({seegrad: 1, ...data}, '*')", {**command, "id": name}
        )
        self.page.wait_for_function("id => heard.some(data => JSON.parse(data).id === id)", arg=name)
        found = [m for m in self.messages("state") + self.messages("error") if m["id"] == name]
        assert len(found) == 1
        return found[0]


LISTENING = """
<script>
const heard = [];
addEventListener("message", (event) => {
  if (event.source !== frames[0]) return;
  heard.push(JSON.stringify({ ...event.data, origin: event.origin }));
});
</script>"""

RESIZING = """
<script>
addEventListener("message", (event) => {
  for (const frame of document.querySelectorAll("iframe"))
    if (event.source === frame.contentWindow && event.data?.event === "resize")
      frame.style.height = `${event.data.height}px`;
});
</script>"""


@pytest.fixture
def host(browser: Browser, address: str) -> Iterator[Callable[..., Host]]:
    """`host(html)`: a page at localhost, another origin than the product's 127.0.0.1. None may err."""
    documents: dict[str, str] = {}

    class Documents(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = documents.get(self.path)
            self.send_response(200 if found else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Documents)
    threading.Thread(target=partial(server.serve_forever, 0.02), daemon=True).start()
    made: list[Host] = []

    def make(body: str, width: int = 800, height: int = 900, css: str = "", **options: Any) -> Host:
        documents["/page"] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A course</title>'
            f'<link rel="icon" href="data:,"><style>iframe{{border:0;width:100%;height:420px}}{css}</style></head>'
            f"<body>{body.replace('SITE/', address)}</body></html>"
        )
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        hosted = Host(context.new_page())
        hosted.page.on(
            "console",
            lambda message: message.type in ("error", "warning") and hosted.errors.append(message.text),
        )
        hosted.page.on("pageerror", lambda error: hosted.errors.append(str(error)))
        hosted.page.goto(f"http://localhost:{server.server_address[1]}/page")
        made.append(hosted)
        return hosted

    yield make
    for hosted in made:
        hosted.page.context.close()
    server.shutdown()
    server.server_close()
    for hosted in made:
        assert hosted.errors == []


def fragment(program: str = LECTURE, **words: Any) -> str:
    return "#" + urlencode({"v": 1, "program": program, **words})


def framed(words: str = "", sandbox: str = "allow-scripts") -> str:
    words = (words or fragment()).replace("&", "&amp;")
    return f'{LISTENING}<iframe title="A graph" sandbox="{sandbox}" src="SITE/embed{words}"></iframe>'


def node(frame: FrameLocator | Page, name: str) -> Any:
    return frame.locator(f'.node[aria-label^="{name},"]')


def test_a_sandboxed_frame_is_drawn_and_says_so(host: Callable[..., Host]) -> None:
    hosted = host(framed())
    ready = hosted.last("ready")
    assert (ready["seegrad"], ready["origin"]) == (1, "null")
    state = ready["state"]
    assert state["program"] == LECTURE
    assert state["values"] == {"a": 2, "b": -3, "c": 10, "f": -2}
    assert (state["step"], state["steps"], state["playing"]) == (14, 14, False)
    assert [each["grad"] for each in state["nodes"]] == [6, -4, -2, 4, -2, -2, 1]
    assert state["output"]["data"] == -8
    frame = hosted.page.frame_locator("iframe")
    expect(node(frame, "c")).to_have_attribute("aria-label", "c, parameter, data 10, gradient minus 2")
    expect(frame.locator(".embed-sentence")).to_have_text("Raise c slightly and L falls twice as fast.")
    expect(frame.locator(".equation math")).to_have_attribute("aria-label", "L=(a·b+c)·f")
    expect(frame.locator(".embed-where")).to_have_text("14 of 14")


def test_every_command(host: Callable[..., Host]) -> None:
    hosted = host(framed())
    hosted.last("ready")
    answer = hosted.ask(command="setValue", name="c", value=5)
    assert answer["state"]["values"]["c"] == 5
    assert answer["state"]["output"]["data"] == (2 * -3 + 5) * -2
    assert answer["state"]["nodes"][3]["grad"] == -1
    change = hosted.last("change")
    assert (change["values"]["c"], change["output"]["data"]) == (5, 2)

    answer = hosted.ask(command="step", to=8)
    assert answer["state"]["step"] == 8
    assert [each["grad"] for each in answer["state"]["nodes"]] == [None] * 6 + [1]
    assert hosted.last("step")["step"] == 8
    assert hosted.ask(command="step", by=1)["state"]["step"] == 9
    assert hosted.ask(command="step", by=-9)["state"]["step"] == 0
    assert [each["data"] for each in hosted.ask(command="getState")["state"]["nodes"]] == [None] * 7

    assert hosted.ask(command="play")["state"]["playing"] is True
    assert hosted.ask(command="play", on=False)["state"]["playing"] is False

    assert hosted.ask(command="select", name="f")["state"]["selected"]["name"] == "f"
    assert hosted.last("select")["node"]["name"] == "f"
    assert hosted.ask(command="select", name=None)["state"]["selected"] is None


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ({"command": "setValue", "name": "q", "value": 1}, "no value named q"),
        ({"command": "setValue", "name": "d", "value": 1}, "d is not a number that can be set"),
        ({"command": "setValue", "name": "c", "value": "5"}, "finite number"),
        ({"command": "setValue", "value": 5}, "`name` must be"),
        ({"command": "step", "to": "end"}, "`to` must be a number"),
        ({"command": "select", "name": {}}, "`name` must be"),
        ({"command": "fly"}, "setValue, step, play, select, getState"),
        ({"command": "constructor"}, "setValue, step, play, select, getState"),
        ({"command": "getState", "seegrad": 2}, "version 1"),
    ],
    ids=lambda part: str(part)[:40],
)
def test_what_cannot_be_done_is_answered(
    host: Callable[..., Host], command: dict[str, Any], says: str
) -> None:
    hosted = host(framed())
    hosted.last("ready")
    answer = hosted.ask(**command)
    assert answer["event"] == "error"
    assert says in answer["message"]
    assert hosted.ask(command="getState")["state"]["values"]["c"] == 10


def test_noise_is_passed_over_and_only_the_host_is_obeyed(host: Callable[..., Host]) -> None:
    stranger = '<iframe title="Another" src="about:blank"></iframe>'
    hosted = host(framed() + stranger)
    hosted.last("ready")
    hosted.page.evaluate(
        """() => {
          for (const data of [null, 1, "text", [], {}, {seegrad: 1}, {command: "step", to: 0}])
            frames[0].postMessage(data, "*");
          frames[1].eval('parent.frames[0].postMessage({seegrad: 1, command: "step", to: 0}, "*")');
        }"""
    )
    assert hosted.ask(command="getState")["state"]["step"] == 14
    assert hosted.messages("error") == []


def test_what_the_reader_does_is_told(host: Callable[..., Host]) -> None:
    hosted = host(framed())
    hosted.last("ready")
    frame = hosted.page.frame_locator("iframe")
    node(frame, "f").click()
    assert hosted.last("select")["node"] == {
        "id": 3, "name": "f", "role": "parameter", "op": "leaf", "data": -2, "grad": 4,
    }  # fmt: skip
    frame.get_by_role("button", name="One step back").click()
    assert hosted.last("step")["step"] == 13
    expect(frame.locator(".embed-where")).to_have_text("13 of 14")
    hosted.page.keyboard.press("Tab")
    frame.get_by_role("slider").press("Home")
    expect(frame.locator(".embed-where")).to_have_text("0 of 14")
    expect(frame.locator(".embed-sentence")).to_contain_text("Nothing has happened yet")
    frame.get_by_role("slider").press("End")
    expect(frame.locator(".embed-where")).to_have_text("7 of 14")
    grip = node(frame, "c").locator(".grip").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    hosted.page.mouse.move(x, y)
    hosted.page.mouse.down()
    hosted.page.mouse.move(x + 40, y, steps=4)
    hosted.page.mouse.up()
    hosted.page.wait_for_function(
        "() => heard.map(data => JSON.parse(data)).findLast(({ event }) => event === 'change')?.values.c === 11"
    )


def test_the_frame_is_as_high_as_its_width_asks(host: Callable[..., Host]) -> None:
    hosted = host(framed() + RESIZING)
    hosted.last("ready")
    asked = hosted.last("resize")["height"]
    expect(hosted.page.locator("iframe")).to_have_css("height", f"{asked}px")
    hosted.page.set_viewport_size({"width": 400, "height": 900})
    hosted.page.wait_for_function(f"JSON.parse(heard.at(-1)).height > {asked}")
    narrow = hosted.last("resize")["height"]
    frame = hosted.page.frame_locator("iframe")
    for name in (
        "L",
        "a",
    ):  # the browser divides areas in single precision: 0.9999997 of a whole node is all of it
        expect(node(frame, name)).to_be_in_viewport(ratio=0.99999)
    hosted.page.wait_for_timeout(300)
    assert hosted.last("resize")["height"] == narrow
    hosted.page.set_viewport_size({"width": 800, "height": 900})
    hosted.page.wait_for_function(f"JSON.parse(heard.at(-1)).height === {asked}")


ELEMENT = '<script type="module" src="SITE/static/element.js"></script>'


def element(program: str = LECTURE, words: str = "") -> str:
    return f'<seegrad-graph program="{program}" {words}></seegrad-graph>'


def test_the_element_is_drawn_and_speaks_the_same(host: Callable[..., Host]) -> None:
    hosted = host(
        "<script>const heard = []; for (const kind of ['ready', 'resize', 'change', 'select', 'step'])"
        " addEventListener(kind, (event) => heard.push([kind, event.detail]), true);</script>"
        + element()
        + ELEMENT
    )
    page = hosted.page
    expect(node(page, "c")).to_have_attribute("aria-label", "c, parameter, data 10, gradient minus 2")
    assert page.evaluate("heard.map(([kind]) => kind)") == ["resize", "ready"]
    graph = page.locator("seegrad-graph")
    assert graph.evaluate("graph => graph.values") == {"a": 2, "b": -3, "c": 10, "f": -2}
    graph.evaluate("graph => { graph.values = {c: 5, a: 1}; }")
    assert graph.evaluate("graph => graph.state.output.data") == (1 * -3 + 5) * -2
    graph.evaluate("graph => { graph.step = 3; graph.selected = 'e'; }")
    assert graph.evaluate("graph => [graph.step, graph.selected]") == [3, "e"]
    assert page.evaluate("[...new Set(heard.map(([kind]) => kind))].sort()") == [
        "change", "ready", "resize", "select", "step",
    ]  # fmt: skip
    assert graph.evaluate(
        "graph => { try { graph.setValue('q', 1) } catch (error) { return error.message } }"
    )
    graph.evaluate("graph => { graph.play(); }")
    assert graph.evaluate("graph => graph.state.playing")
    graph.evaluate("graph => graph.setAttribute('program', 'x = 3\\ny = x * x')")
    expect(node(page, "x")).to_have_attribute("aria-label", "x, parameter, data 3, gradient 6")
    assert graph.evaluate("graph => graph.program") == "x = 3\ny = x * x"
    graph.evaluate("graph => graph.setAttribute('theme', 'dark')")
    expect(graph.locator(".embed")).to_have_css("color-scheme", "dark")


def test_properties_set_before_the_module_came_are_kept(host: Callable[..., Host]) -> None:
    hosted = host(
        "<seegrad-graph></seegrad-graph><script>document.querySelector('seegrad-graph').program = 'p = 4\\nq = p*p'"
        "</script>" + ELEMENT
    )
    expect(node(hosted.page, "p")).to_have_attribute("aria-label", "p, parameter, data 4, gradient 8")


def test_an_element_that_leaves_leaves_nothing_and_one_that_moves_keeps_its_numbers(
    host: Callable[..., Host],
) -> None:
    hosted = host(element(TWICE) + "<section></section>" + ELEMENT)
    page = hosted.page
    expect(node(page, "a")).to_be_visible()
    moved = page.evaluate(
        """async () => {
          const graph = document.querySelector('seegrad-graph');
          graph.setValue('a', 7);
          document.querySelector('section').append(graph);
          await 0;
          return graph.values.a;
        }"""
    )
    assert moved == 7
    gone = page.evaluate(
        """async () => {
          const graph = document.querySelector('seegrad-graph');
          graph.play();
          graph.remove();
          await new Promise((done) => setTimeout(done));
          const empty = graph.shadowRoot.childElementCount === 0 && graph.state === null;
          document.body.append(graph);
          return empty;
        }"""
    )
    assert gone
    expect(node(page, "a")).to_have_attribute("aria-label", "a, parameter, data 3, gradient 2")


def test_three_on_one_page_do_not_know_each_other(host: Callable[..., Host]) -> None:
    hosted = host(
        f"{framed(fragment(TWICE))}{element('x = 2', 'theme=dark')}{element()}{ELEMENT}{RESIZING}",
        height=1600,
        css="* { --ink: red; --paper: red } p, button { font: 40px cursive; margin: 50px }",
    )
    page = hosted.page
    frame = page.frame_locator("iframe")
    expect(node(frame, "a")).to_have_attribute("aria-label", "a, parameter, data 3, gradient 2")
    first, second = page.locator("seegrad-graph").first, page.locator("seegrad-graph").last
    expect(node(second, "c")).to_be_visible()
    second.get_by_role("button", name="One step back").click()
    expect(second.locator(".embed-where")).to_have_text("13 of 14")
    expect(first.locator(".embed-where")).to_have_text("2 of 2")
    expect(first.locator(".embed")).to_have_css("background-color", "rgb(21, 23, 27)")
    expect(second.locator(".embed")).to_have_css("background-color", "rgb(251, 250, 246)")
    expect(second.locator(".embed-sentence")).to_have_css("margin", "0px")


def test_on_a_dark_page_both_are_dark(host: Callable[..., Host]) -> None:
    hosted = host(framed() + element() + ELEMENT, css=":root { color-scheme: dark }", color_scheme="dark")
    inside = hosted.page.frame_locator("iframe").locator(".embed")
    for embed in (inside, hosted.page.locator("seegrad-graph .embed")):
        expect(embed).to_have_css("background-color", "rgb(21, 23, 27)")


def test_an_element_follows_the_page_and_not_the_system(host: Callable[..., Host]) -> None:
    hosted = host(element() + ELEMENT, color_scheme="dark")
    expect(hosted.page.locator("seegrad-graph .embed")).to_have_css("background-color", "rgb(251, 250, 246)")


def test_at_200_per_cent_everything_has_its_room(host: Callable[..., Host]) -> None:
    """Page zoom as the browser does it: half the CSS pixels, each twice as large."""
    hosted = host(framed() + RESIZING, width=400, height=450, device_scale_factor=2)
    hosted.last("ready")
    frame = hosted.page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="Replay")).to_be_visible()
    overflow = frame.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
    assert overflow == 0
    for part in (".embed-where", ".embed-open", ".embed-sentence", ".playhead-lanes"):
        box = frame.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 400


def in_both_themes(page: Page) -> list[Any]:
    """What axe-core finds."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        still(page)
        found += violations(page)
    return found


def test_a_hand_faster_than_the_network_is_not_lost(opened: Callable[..., Any]) -> None:
    watched = opened(width=720, height=420)
    page = watched.page
    late: list[Any] = []

    def arrive() -> None:
        """What a hand needs comes, after whatever was done before it."""
        while not late:
            drawn(page)
        assert len(late) == 1
        late.pop().continue_()

    def fresh() -> None:
        page.unroute_all()
        page.goto("about:blank")
        page.goto(f"{watched.address}embed#{urlencode({'program': LECTURE})}")
        expect(node(page, "c")).to_be_visible()
        page.route("**/static/chunk-*.js", lambda route: late.append(route))

    fresh()
    canvas = page.locator(".canvas")
    before = transform_of(canvas)
    page.mouse.move(360, 340)
    page.mouse.down()
    arrive()
    # d3-zoom has heard of the press.
    page.wait_for_function("() => document.querySelector('.stage > svg').__zooming")
    page.mouse.move(400, 350, steps=2)
    page.mouse.up()
    was, now = (list(map(float, re.findall(r"-?[\d.]+", text))) for text in (before, transform_of(canvas)))
    assert now == pytest.approx([was[0] + 40, was[1] + 10, was[2]])

    fresh()
    node(page, "c").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    arrive()
    expect(node(page, "L")).to_be_focused()

    # The playhead: a press that is over before anybody hears it, a key, a drag.
    fresh()
    lanes = page.get_by_role("slider", name="Playhead")
    lanes.click(position={"x": 1, "y": 2})
    arrive()
    expect(lanes).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("End")
    expect(lanes).to_have_attribute("aria-valuenow", "7")
    box = lanes.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] - 2, steps=3)
    page.mouse.up()
    expect(lanes).to_have_attribute("aria-valuenow", "14")
    fresh()
    lanes.focus()
    page.keyboard.press("ArrowLeft")
    arrive()
    expect(lanes).to_have_attribute("aria-valuenow", "13")


def transform_of(canvas: Any) -> str:
    return canvas.get_attribute("transform") or ""


def test_the_smallest_frame_shows_the_whole_graph(opened: Callable[..., Any]) -> None:
    watched = opened(width=320, height=240, bypass_csp=True)
    page = watched.page
    page.goto(f"{watched.address}embed")
    expect(page.locator(".node")).to_have_count(7)
    bottom = page.locator(".embed-bar").bounding_box()["y"]
    for box in page.locator(".node .outline").all():
        at = box.bounding_box()
        assert at["x"] >= 0
        assert at["x"] + at["width"] <= 320
        assert at["y"] >= 20
        assert at["y"] + at["height"] <= bottom
    assert in_both_themes(page) == []


NEURON = (
    "x1 = data(2); x2 = data(0)\nw1 = -3; w2 = 1\nb = 6.8813735870195432\nn = x1*w1 + x2*w2 + b\no = tanh(n)"
)


@pytest.mark.parametrize(("width", "height"), [(640, 360), (390, 300)])
def test_every_value_shows_data_and_grad_in_a_small_frame(
    opened: Callable[..., Any], width: int, height: int
) -> None:
    watched = opened(width=width, height=height)
    page = watched.page
    page.goto(f"{watched.address}embed?{urlencode({'program': NEURON})}")
    nodes = page.locator(".node")
    expect(nodes).to_have_count(10)
    for node in nodes.all():
        for part in ("data", "grad"):
            number = node.locator(f"text.{part}")
            expect(number).to_have_text(re.compile(r"^−?[\d.]+$"))
            assert number.evaluate("text => text.getBoundingClientRect().height") >= 11
        box, at = (node.locator(part).bounding_box() for part in ("text.grad", ".outline"))
        assert at["x"] <= box["x"]
        assert box["x"] + box["width"] <= at["x"] + at["width"]


def test_a_frame_says_what_is_wrong_with_its_program(opened: Callable[..., Any]) -> None:
    watched = opened(width=320, height=240, bypass_csp=True)
    page = watched.page
    for words in ("?program=a+%3D+2%0Ab+%3D+a+%2B*+3", "#program=a+%3D+2%0Ab+%3D+a+%2B*+3"):
        page.goto("about:blank")
        page.goto(f"{watched.address}embed{words}")
        notice = page.locator(".embed-notice")
        expect(notice).to_contain_text("Line 2: Unexpected")
        expect(notice.locator("code")).to_have_text("b = a +* 3")
        expect(notice.locator("code .mark")).to_have_text("*")
        expect(page.locator(".embed-bar")).to_be_hidden()
        assert in_both_themes(page) == []


def scripts(page: Page) -> int:
    """How many the frame has loaded."""
    count = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length"
    return int(page.frames[1].evaluate(count))


def test_the_wheel_scrolls_the_page_and_with_ctrl_it_zooms(host: Callable[..., Host]) -> None:
    hosted = host(framed() + "<div style='height:3000px'></div>")
    hosted.last("ready")
    frame = hosted.page.frame_locator("iframe")
    before = frame.locator(".canvas").get_attribute("transform") or ""
    assert (
        scripts(hosted.page) == 2
    )  # those that tests/app/test_weight.py weighs, before anybody touches the graph
    hosted.page.mouse.move(400, 250)
    hosted.page.keyboard.down("Control")
    hosted.page.mouse.wheel(0, -200)
    hosted.page.keyboard.up("Control")
    expect(frame.locator(".canvas")).not_to_have_attribute("transform", before)
    assert hosted.page.evaluate("scrollY") == 0
    assert scripts(hosted.page) == 3
    zoomed = frame.locator(".canvas").get_attribute("transform")
    hosted.page.mouse.wheel(0, 200)
    hosted.page.wait_for_function("scrollY > 100")
    assert frame.locator(".canvas").get_attribute("transform") == zoomed


def test_a_locked_graph_is_not_turned_by_the_reader_but_by_the_host(host: Callable[..., Host]) -> None:
    hosted = host(framed(fragment(lock="values")))
    hosted.last("ready")
    frame = hosted.page.frame_locator("iframe")
    node(frame, "c").focus()
    hosted.page.keyboard.press("]")
    assert hosted.ask(command="getState")["state"]["values"]["c"] == 10
    assert hosted.ask(command="setValue", name="c", value=3)["state"]["values"]["c"] == 3


def test_the_way_to_the_studio_carries_the_state(host: Callable[..., Host]) -> None:
    hosted = host(framed())
    hosted.last("ready")
    hosted.ask(command="setValue", name="c", value=4)
    hosted.ask(command="step", to=5)
    link = hosted.page.frame_locator("iframe").get_by_role("link", name="Open in SeeGrad")
    expect(link).to_have_attribute("href", re.compile(r"/#v=1&.*c\+%3D\+4.*&step=5$"))
    expect(link).to_have_attribute("target", "_blank")


LASTING = json.loads((Path(__file__).resolve().parent.parent / "golden" / "embeds.json").read_text("utf-8"))


@pytest.mark.parametrize("row", LASTING, ids=lambda row: row["address"][:60])
def test_addresses_given_away_open_for_ever(opened: Callable[..., Any], row: dict[str, str]) -> None:
    """A row of this list is never changed: somebody's course page has it."""
    watched = opened(width=720, height=420)
    page = watched.page
    page.goto(watched.address + row["address"])
    expect(page.locator(".embed-sentence")).to_have_text(row["says"])
    expect(page.locator(".embed-where")).to_have_text(row["where"])


def test_the_elements_words_open_for_ever(host: Callable[..., Host]) -> None:
    """So are these attributes, methods and properties."""
    words = 'theme="light" step="14" selected="c" controls="full" start="end" lock="none" hide="" lang="en"'
    hosted = host(element(LECTURE, words) + ELEMENT)
    expect(hosted.page.locator("seegrad-graph .embed-sentence")).to_have_text(
        "Raise c slightly and L falls twice as fast."
    )
    assert hosted.page.locator("seegrad-graph").evaluate(
        "graph => ['program', 'values', 'step', 'selected', 'state', 'setValue', 'play', 'pause']"
        ".every((name) => name in graph)"
    )
