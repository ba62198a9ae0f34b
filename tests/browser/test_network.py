"""The network page in a real browser: shows a network at once, trains as the API does, keeps the run in its address."""

from __future__ import annotations

import csv
import json
import math
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from still import drawn

from engine.network import NetworkSpec, build_network, network_tape

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

NODES = "#stage .node"
Open = Callable[..., "Watched"]


def show(watched: Watched, fragment: str = "") -> Page:
    watched.page.goto(f"{watched.address}network{fragment}")
    watched.page.wait_for_selector(NODES)
    return watched.page


@pytest.fixture
def network(opened: Open) -> Page:
    return show(opened())


def loss(page: Page) -> float:
    """The loss on screen, to its last digit."""
    return float(page.locator("#loss-now").get_attribute("title") or "nan")


def at_step(page: Page, step: int) -> None:
    expect(page.locator(".beat-where")).to_contain_text(re.compile(rf"Step {step} of"))


def history(page: Page, folder: Path) -> list[float]:
    """The losses of all steps, as the page saves them."""
    with page.expect_download() as saved:
        page.locator("#save-history").click()
    file = folder / "history.csv"
    saved.value.save_as(file)
    with file.open() as lines:
        return [float(row["loss"]) for row in csv.DictReader(lines)]


def trained(address: str, body: dict[str, Any]) -> dict[str, Any]:
    """The same run, asked of the API."""
    request = urllib.request.Request(
        f"{address}api/v1/train", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def test_the_lectures_network_is_there_at_once(opened: Open) -> None:
    watched = opened()
    page = show(watched)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)
    expect(page.locator(f"{NODES}.objective")).to_contain_text("all 4 examples")
    expect(page.locator("#parameters")).to_have_text("41")
    expect(page.locator("#values")).to_have_text("364")
    expect(page.locator("#loss-now")).to_have_text("6.005")
    expect(page.locator(".beat [aria-current=step]")).to_contain_text("Update")
    page.wait_for_timeout(300)
    at_step(page, 0)
    assert not [url for url in watched.requests if "/api/" in url]


# The lecture's four examples, seed 1337, 20 steps: loss at a step, to the digits that are known.
TABLE = [
    (True, 0.01, 19, 2.545339, 5e-7),
    (True, 0.05, 19, 0.059642, 5e-7),
    (True, 0.1, 19, 0.017782, 5e-7),
    (True, 0.3, 5, 7.78, 5e-3),
    (True, 1.0, 19, 1.41e-4, 5e-7),
    (False, 0.01, 19, 1.28e-4, 5e-7),
    (False, 0.05, 10, 0.000904, 5e-7),
    (False, 0.05, 19, 3.975, 5e-4),
    (False, 0.3, 19, 8.0, 5e-4),
    (False, 1.0, 19, 8.0, 5e-4),
]


@pytest.mark.parametrize(("zeroed", "rate", "step", "known", "within"), TABLE)
def test_the_lectures_training(
    opened: Open, zeroed: bool, rate: float, step: int, known: float, within: float
) -> None:
    page = show(opened(), f"#v=1&rate={rate}&step={step}{'' if zeroed else '&zero=off'}")
    at_step(page, step)
    assert loss(page) == pytest.approx(known, abs=within)


def test_pressing_the_buttons_gives_the_lectures_numbers(network: Page) -> None:
    network.get_by_role("textbox", name="Learning rate").fill("0.05")
    network.locator("#forget").check()
    for _ in range(10):
        network.locator("#one-step").click()
    at_step(network, 10)
    assert loss(network) == pytest.approx(0.000904, abs=5e-7)
    for _ in range(9):
        network.locator("#one-step").click()
    at_step(network, 19)
    assert loss(network) == pytest.approx(3.975, abs=5e-4)


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_the_page_and_the_api_train_alike(opened: Open, tmp_path: Path, rate: float) -> None:
    watched = opened()
    page = show(watched, f"#v=1&rate={rate}&step=20")
    at_step(page, 20)
    mine = [*history(page, tmp_path), loss(page)][:20]
    theirs = trained(
        watched.address,
        {
            "network": {"nin": 3, "nouts": [4, 4, 1]},
            "dataset": {"name": "lecture"},
            "recipe": {"rate": rate, "steps": 20},
        },
    )["steps"]
    assert mine == pytest.approx([step["loss"] for step in theirs], rel=1e-6, abs=1e-12)


def test_moons_ends_where_the_api_ends(opened: Open, tmp_path: Path) -> None:
    watched = opened()
    page = show(watched)
    page.locator("#dataset").select_option("moons")
    expect(page.locator("#values")).to_have_text("65,814")
    assert loss(page) == pytest.approx(0.8958441028683222, rel=1e-6)
    page.locator("#train").click()
    expect(page.locator(".beat-where")).to_contain_text("Step 100 of 100", timeout=120_000)
    mine = history(page, tmp_path)
    theirs = trained(
        watched.address,
        {
            "network": {
                "nin": 2,
                "nouts": [16, 16, 1],
                "activation": "relu",
                "output_activation": "linear",
                "initialisation": "micrograd",
            },
            "dataset": {"name": "moons"},
            "loss": "hinge",
            "alpha": 1e-4,
            "recipe": {"rate": 1.0, "steps": 100, "schedule": "linear"},
        },
    )
    assert mine[:20] == pytest.approx([step["loss"] for step in theirs["steps"][:20]], rel=1e-6)
    assert len(mine) == 100
    page.get_by_role("slider", name="Step on screen").fill("99")
    at_step(page, 99)
    assert loss(page) == pytest.approx(0.010978370135492717, rel=1e-6)
    accuracy = theirs["steps"][99]["accuracy"]
    expect(page.locator("#accuracy")).to_have_text(f"accuracy {round(accuracy * 1000) / 10:g} %")


def test_eight_steps_and_a_reload(network: Page) -> None:
    for _ in range(8):
        network.locator("#one-step").click()
    at_step(network, 8)
    before = loss(network)
    expect(network).to_have_url(re.compile("step=8"))
    network.reload()
    at_step(network, 8)
    assert loss(network) == before
    expect(network.locator(".beat-where")).to_contain_text("Step 8 of 40")


def test_a_rate_changed_on_the_way_is_in_the_address(network: Page) -> None:
    for _ in range(3):
        network.locator("#one-step").click()
    rate = network.get_by_role("textbox", name="Learning rate")
    rate.fill("0.2")
    rate.press("Enter")
    network.get_by_role("radio", name="Adam").check()
    for _ in range(4):
        network.locator("#one-step").click()
    at_step(network, 7)
    before = loss(network)
    expect(network).to_have_url(re.compile("changes=.*step=7"))
    network.reload()
    at_step(network, 7)
    assert loss(network) == before


def test_scrubbing_moves_every_panel(network: Page) -> None:
    for _ in range(6):
        network.locator("#one-step").click()
    at_step(network, 6)
    seen = {}
    panels = ["#predictions tbody", "#stage .nodes", "#inset-stage .nodes", "#histograms"]
    for step in (2, 6, 2):
        network.get_by_role("slider", name="Step on screen").fill(str(step))
        at_step(network, step)
        now = [network.locator(panel).evaluate("e => e.outerHTML") for panel in panels]
        assert seen.setdefault(step, now) == now
    assert all(a != b for a, b in zip(seen[2], seen[6], strict=True))


def test_beats_show_what_is_written_and_what_waits(network: Page) -> None:
    network.locator("#one-step").click()
    stage = network.locator("#stage .nodes")
    network.locator("#stage .node.neuron").first.focus()
    network.keyboard.press(".")
    expect(network.locator(".beat [aria-current=step]")).to_contain_text("Forward")
    at_step(network, 2)
    expect(stage).to_contain_text("not yet")
    for name in ("Loss", "Zero the grads", "Backward", "Update"):
        network.keyboard.press(".")
        expect(network.locator(".beat [aria-current=step]")).to_contain_text(name)
    expect(stage).not_to_contain_text("not yet")
    network.keyboard.press(",")
    expect(network.locator(".beat [aria-current=step]")).to_contain_text("Backward")
    for label in network.locator(NODES + ".neuron").all():
        assert "gradient 0" not in (label.get_attribute("aria-label") or "")


def test_an_update_arrow_stands_beside_weights_only_and_against_the_gradient(network: Page) -> None:
    rows = network.evaluate(
        """() => { const nodes = [...document.querySelectorAll('#inset-stage .node')];
        return [...document.querySelectorAll('#inset-stage .nexts g')].map((next) => {
          const node = nodes.find((each) => each.dataset.key === next.dataset?.key
            || Math.abs(each.getBoundingClientRect().y + each.getBoundingClientRect().height / 2
              - next.querySelector('text').getBoundingClientRect().y
              - next.querySelector('text').getBoundingClientRect().height / 2) < 4
              && each.matches('.parameter, .data'));
          const arrow = next.querySelector('.arrow').getAttribute('d');
          const tick = next.querySelector('.from').getAttribute('d');
          return node && { kind: node.matches('.parameter') ? 'parameter' : 'data',
            label: node.getAttribute('aria-label'), words: next.textContent, arrow: arrow ?? '', tick: tick ?? '' };
        }).filter(Boolean); }"""
    )
    kinds = [row["kind"] for row in rows]
    assert kinds.count("parameter") == 4
    assert kinds.count("data") == 3
    for row in rows:
        if row["kind"] == "data":
            assert (row["words"], row["arrow"]) == ("fixed", "")
            continue
        start, end = (float(x) for x in re.findall(r"M([-\d.]+),[-\d.]+H([-\d.]+)", row["arrow"])[0])
        falls = "gradient minus" in row["label"]
        assert (end > start) == falls, row["label"]


def test_a_neuron_opens_in_the_inset_and_in_place(network: Page) -> None:
    network.locator(f"{NODES}.neuron").nth(5).click()
    expect(network.locator("#inset-title")).to_have_text("Layer 2, neuron 2, down to its scalars")
    expect(network.locator("#inset")).to_contain_text("Σ stands for 4 additions.")
    expect(network.locator("#inset")).to_contain_text("each w.grad adds up all 4")
    network.locator(f"{NODES}.neuron").nth(0).dblclick()
    expect(network.locator(f"{NODES}.neuron")).to_have_count(8)
    expect(network.locator(f"{NODES}.parameter")).to_have_count(4)
    expect(network).to_have_url(re.compile(r"fold=layer1\.neuron1"))
    network.locator(f"{NODES}.neuron").nth(3).focus()
    network.keyboard.press("Escape")
    expect(network.locator("#inset")).to_be_hidden()
    assert network.evaluate("document.activeElement.matches('#stage .node')")


def test_on_a_phone_a_neurons_scalars_are_a_list_that_fits(opened: Open) -> None:
    page = show(opened(390, 844), "#v=1&open=layer1.neuron3")
    rows = page.locator("#inset-list tbody tr")
    expect(rows).to_have_count(12)
    said = [row.split("\n")[0] for row in rows.all_inner_texts()]
    assert [line.split("\t")[0].strip()[0] for line in said] == list("bwxpwxpwxpsn")
    # The neuron's weights by the engine: they follow 2 × (3 + 1) of the neurons before.
    tape = network_tape(NetworkSpec(3, [4, 4, 1], seed=1337), [[2.0, 3.0, -1.0]])
    for at, node in ((1, 8), (4, 9), (7, 10), (0, 11)):
        shown = rows.nth(at).locator("td").first.get_attribute("title")
        assert float((shown or "").replace("−", "-")) == tape.data[node]
    inset = page.locator("#inset-list")
    assert inset.evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth") == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_an_opened_neuron_travels_unless_motion_is_reduced(opened: Open, motion: str) -> None:
    page = show(opened(reduced_motion=motion))
    neuron = page.locator(f"{NODES}.neuron").first
    neuron.focus()
    # At the moment when the neuron's parts are drawn, before any frame shows them.
    page.evaluate(
        """() => {
        const stage = document.getElementById("stage");
        new MutationObserver((_, observer) => {
          if (stage.querySelectorAll(".node.parameter").length !== 4) return;
          observer.disconnect();
          window.moving = document.getAnimations().filter(({ effect }) =>
            stage.contains(effect.target) && effect.getComputedTiming().duration > 1).length;
        }).observe(stage, { childList: true, subtree: true });
        }"""
    )
    neuron.press("Enter")
    expect(page.locator(f"{NODES}.parameter")).to_have_count(4)
    assert (page.evaluate("window.moving") > 0) == (motion == "no-preference")


def test_a_run_by_the_keyboard_alone(network: Page) -> None:
    def tab_to(selector: str) -> None:
        for _ in range(80):
            network.keyboard.press("Tab")
            if network.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                return
        raise AssertionError(f"Tab never reached {selector}")

    tab_to("#line")
    network.keyboard.press("Control+a")
    network.keyboard.type("n = MLP(3, [3, 1])")
    network.keyboard.press("Enter")
    expect(network.locator("#parameters")).to_have_text("16")
    tab_to(NODES)
    network.keyboard.press(".")
    at_step(network, 1)
    network.keyboard.press(" ")
    expect(network.locator(".beat-where")).to_contain_text("Step 40 of 40")
    expect(network.locator("#announce")).to_contain_text("Step 40")
    network.keyboard.press("?")
    expect(network.locator("#help")).to_be_visible()
    network.keyboard.press("Escape")
    expect(network.locator("#help")).to_be_hidden()
    tab_to("#reset")
    network.keyboard.press("Enter")
    at_step(network, 0)
    expect(network.locator("#loss .last-run")).to_contain_text("rate 0.05")


def test_training_never_starts_by_itself_and_pauses(network: Page) -> None:
    network.locator("#steps").evaluate("e => e.closest('details').open = true")
    network.locator("#steps").fill("100000")
    network.locator("#steps").press("Enter")
    network.wait_for_timeout(200)
    at_step(network, 0)
    network.locator("#train").click()
    expect(network.locator("#train")).to_have_text("Pause")
    network.locator("#train").click()
    expect(network.locator("#train")).to_have_text("Train")
    at = network.locator(".beat-where").text_content()
    network.wait_for_timeout(250)
    assert network.locator(".beat-where").text_content() == at


BAD_SHAPES = {
    "n = MLP(3, [])": "nouts",
    "n = MLP(3, [4, 0, 1])": "nouts[1] is not a whole number",
    "n = MLP(3, [4, -1])": "nouts[1] is not a whole number",
    "n = MLP(3, [2.5, 1])": "nouts[0] is not a whole number",
    "n = MLP(3, [1000000, 1])": "more than 5,000 parameters",
    'n = MLP(3, [4, 1], activation="swish")': "activation is one of",
    "n = MLP(3 [4])": "expected",
}


@pytest.mark.parametrize("line", BAD_SHAPES)
def test_a_bad_line_is_said_at_its_place_and_nothing_is_lost(network: Page, line: str) -> None:
    field = network.locator("#line")
    field.fill(line)
    field.press("Enter")
    expect(network.locator("#model .wrong").first).to_contain_text(BAD_SHAPES[line])
    expect(field).to_have_value(line)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(network.locator(f"{NODES}.neuron")).to_have_count(9)


@pytest.mark.parametrize(
    ("typed", "said"), [("0", "above 0"), ("-1", "above 0"), ("inf", "above 0"), ("", "above 0")]
)
def test_a_bad_rate_is_said_at_its_place(network: Page, typed: str, said: str) -> None:
    rate = network.get_by_role("textbox", name="Learning rate")
    rate.fill(typed)
    rate.press("Enter")
    expect(network.locator("#recipe .wrong")).to_contain_text(said)
    expect(rate).to_have_value(typed)
    network.locator("#one-step").click()
    expect(network.locator("#loss-now")).to_have_text("4.448")


def test_bad_rows_are_listed_by_row_and_column(network: Page) -> None:
    network.locator("#rows-form summary").click()
    rows = "a;b;c;target\n1;2;3;1\n1;2;NaN;1\n1;2;1\n1;x;3;-1\n"
    network.locator("#rows").fill(rows)
    network.locator("#use-rows").click()
    wrong = network.locator("#rows-wrong")
    expect(wrong).to_contain_text("3 places need a fix.")
    for said in ("Row 3, column 3", "Row 4, column 4", "Row 5, column 2"):
        expect(wrong).to_contain_text(said)
    expect(network.locator("#rows")).to_have_value(rows)
    expect(network.locator("#loss-now")).to_have_text("6.005")
    network.locator("#rows").fill("a;b;c;target\n1;2;3;1\n0,5;2;1;-1\n")
    network.locator("#use-rows").click()
    expect(network.locator(f"{NODES}.objective")).to_contain_text("all 2 examples")
    expect(wrong).to_be_hidden()
    expect(network).to_have_url(re.compile("rows="))
    network.reload()
    expect(network.locator(f"{NODES}.objective")).to_contain_text("all 2 examples")


def test_a_file_too_large_is_refused_before_it_is_read(network: Page, tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as out:
        out.truncate(50 * 2**20)
    network.locator("#rows-form summary").click()
    network.locator("#rows-file").set_input_files(file)
    expect(network.locator("#rows-wrong")).to_contain_text("large.csv has 51,200 kB")
    good = tmp_path / "good.csv"
    good.write_text("x,y,target\n0,0,-1\n0,1,1\n1,0,1\n1,1,-1\n")
    network.locator("#rows-file").set_input_files(good)
    expect(network.locator("#line")).to_have_value("n = MLP(2, [4, 4, 1])")
    expect(network.locator("#boundary canvas")).to_be_visible()


def test_a_loss_that_does_not_fit_leaves_the_last_network(network: Page) -> None:
    network.locator("#model-form summary").click()
    network.locator("#loss-kind").select_option("softmax_cross_entropy")
    expect(network.locator("#notice")).to_contain_text("chooses among outputs")
    expect(network.locator("#stage")).to_have_class(re.compile("dimmed"))
    network.get_by_role("button", name="Undo").click()
    expect(network.locator("#loss-kind")).to_have_value("squared_error")
    expect(network.locator("#notice")).to_be_empty()


def test_a_run_that_diverges_says_where_and_keeps_its_history(opened: Open) -> None:
    page = show(opened(), "#v=1&net=n+%3D+MLP(3%2C+%5B4%2C+1%5D%2C+activation%3D%22linear%22)&rate=3")
    expect(page.locator("#parameters")).to_have_text("21")
    page.locator("#train").click()
    stopped = page.locator("#stopped")
    expect(stopped).to_contain_text(re.compile(r"Stopped at step \d+: .+ first in .+\(node \d+\)"))
    expect(page.locator("#train")).to_be_disabled()
    page.get_by_role("slider", name="Step on screen").fill("0")
    at_step(page, 0)
    assert math.isfinite(loss(page))


def test_an_example_is_edited_added_and_removed_while_the_run_goes_on(network: Page) -> None:
    first = loss(network)
    for _ in range(3):
        network.locator("#one-step").click()
    at_step(network, 3)
    trained = loss(network)
    cell = network.get_by_label("x 0 of example 1")
    cell.fill("2.5")
    cell.press("Enter")
    expect(network.locator(f"{NODES}.data").first).to_contain_text("2.5")
    # The weights are those of before, and so is the history.
    expect(network.locator("#data-changed")).to_have_text("⋮ the data changed at step 3")
    at_step(network, 3)
    edited = loss(network)
    assert edited != trained
    network.locator("#one-step").click()
    at_step(network, 4)
    network.locator("#add-row").click()
    expect(network.locator(f"{NODES}.objective")).to_contain_text("all 5 examples")
    network.locator("#remove-row").click()
    expect(network.locator(f"{NODES}.objective")).to_contain_text("all 4 examples")
    network.locator("#one-step").click()
    at_step(network, 5)
    ends = loss(network)
    # The address tells of it all.
    expect(network).to_have_url(re.compile("changes=.*step=5"))
    network.reload()
    at_step(network, 5)
    assert loss(network) == ends
    network.get_by_role("button", name="Example 1 on screen").click()
    expect(network.locator(f"{NODES}.data").first).to_contain_text("2.5")
    for step, known in ((3, edited), (0, first)):
        network.locator(".beat-scrub").fill(str(step))
        at_step(network, step)
        assert loss(network) == known
    expect(network.locator(f"{NODES}.data").first).not_to_contain_text("2.5")
    network.locator(".beat-scrub").fill("5")
    at_step(network, 5)
    network.locator("#reset").click()
    at_step(network, 0)
    expect(network.locator("#data-changed")).to_be_hidden()
    network.locator("#dataset").select_option("lecture")
    expect(network.locator("#loss-now")).to_have_attribute("title", repr(first))


def on_their_side(saved: dict[str, Any]) -> int:
    """How many of a saved network's rows it puts on their side, by the engine."""
    rows = [[float(cell) for cell in line.split(",")] for line in saved["data"]["text"].split()[1:]]
    inputs, targets = [row[:-1] for row in rows], [row[-1] for row in rows]
    spec = NetworkSpec(**saved["network"])
    network = build_network(spec, inputs, targets, saved["loss"], saved["parameters"])
    outputs = [network.tape.data[ids[0]] for ids in network.outputs]
    return sum((output > 0) == (target > 0) for output, target in zip(outputs, targets, strict=True))


def test_a_click_in_the_plane_adds_an_example(opened: Open, tmp_path: Path) -> None:
    page = show(opened(), "#v=1&preset=xor&batch=2&step=2")
    at_step(page, 2)
    right = page.locator("#boundary .block-head span")
    # All rows are counted, not the batch's alone.
    with page.expect_download() as saved:
        page.locator("#save-weights").click()
    saved.value.save_as(tmp_path / "weights.json")
    count = on_their_side(json.loads((tmp_path / "weights.json").read_text()))
    expect(right).to_have_text(f"{count} of 4 examples on their side.")
    canvas = page.locator("#boundary canvas")
    canvas.click(position={"x": 150, "y": 90})
    expect(right).to_contain_text("of 5 examples")
    expect(page.locator(f"{NODES}.objective")).to_contain_text("all 2 examples")
    expect(page.locator("#data-changed")).to_have_text("⋮ the data changed at step 2")


def test_back_and_forward_walk_through_networks(network: Page) -> None:
    network.locator("#dataset").select_option("xor")
    expect(network.locator("#line")).to_have_value("n = MLP(2, [4, 1])")
    expect(network).to_have_url(re.compile("preset=xor"))
    network.go_back()
    expect(network.locator("#line")).to_have_value("n = MLP(3, [4, 4, 1])")
    network.go_forward()
    expect(network.locator("#line")).to_have_value("n = MLP(2, [4, 1])")


def test_for_other_numbers_the_structure_is_not_asked_for_again(opened: Open) -> None:
    watched = opened()
    network = show(watched)
    with network.expect_request("**/api/v1/graph?*") as asked:
        network.locator("#new-seed").click()
    assert asked.value.url.endswith("shape=columns&fields=data")
    body = json.loads(asked.value.post_data or "")
    assert body["network"]["seed"] != 1337
    run = trained(watched.address, body | {"recipe": {"steps": 2, "rate": 0.05}})
    expect(network.locator("#loss-now")).not_to_have_text("6.005")
    assert loss(network) == pytest.approx(run["steps"][0]["loss"], rel=1e-12)
    network.locator("#one-step").click()
    at_step(network, 1)
    assert loss(network) == pytest.approx(run["steps"][1]["loss"], rel=1e-12)
    line = network.locator("#line")
    with network.expect_request("**/api/v1/graph?*") as whole:
        line.fill("n = MLP(3, [4, 1])")
        line.press("Enter")
    assert whole.value.url.endswith("shape=columns")
    expect(network.locator("#parameters")).to_have_text("21")


def test_weights_are_saved_and_loaded_back(network: Page, tmp_path: Path) -> None:
    for _ in range(5):
        network.locator("#one-step").click()
    at_step(network, 5)
    before = loss(network)
    with network.expect_download() as saved:
        network.locator("#save-weights").click()
    file = tmp_path / "weights.json"
    saved.value.save_as(file)
    # What it learned from stands in the file as it was, row by row.
    rows = json.loads(file.read_text())["data"]["text"].replace(",", " ").split("\n")
    assert [float(x) for x in rows[1].split()] == [2, 3, -1, 1]
    network.locator("#new-seed").click()
    expect(network.locator("#loss-now")).not_to_have_text("6.005")
    network.locator("#weights-file").set_input_files(file)
    expect(network.locator("#model")).to_contain_text("Its weights were loaded.")
    expect(network.locator("#loss-now")).to_have_attribute("title", re.compile(f"{before:.12g}"[:10]))
    assert loss(network) == pytest.approx(before, rel=1e-12)
    file.write_text("{}")
    network.locator("#weights-file").set_input_files(file)
    expect(network.locator("#files .wrong")).to_contain_text("no network")
    with network.expect_download() as saved:
        network.locator("#save-torch").click()
    saved.value.save_as(tmp_path / "network.py")
    assert "torch.nn" in (tmp_path / "network.py").read_text()


def test_a_setting_of_the_optimizer_changes_the_run_and_is_in_the_address(network: Page) -> None:
    network.locator("#steps").evaluate("e => e.closest('details').open = true")
    network.get_by_role("radio", name="Adam").check()
    beta = network.get_by_label("beta1", exact=True)
    beta.fill("1")
    beta.press("Enter")
    expect(network.locator("#recipe .wrong")).to_contain_text("beta1 is a number, from 0 to below 1")
    network.get_by_role("radio", name="Momentum").check()
    setting = network.get_by_label("momentum", exact=True)
    expect(setting).to_have_value("0.9")
    setting.fill("much")
    setting.press("Enter")
    expect(network.locator("#recipe .wrong")).to_contain_text("momentum is a number")
    setting.fill("0.5")
    setting.press("Enter")
    for _ in range(3):
        network.locator("#one-step").click()
    at_step(network, 3)
    before = loss(network)
    expect(network).to_have_url(re.compile("settings=momentum%3A0.5.*step=3"))
    network.reload()
    at_step(network, 3)
    assert loss(network) == before


def test_zooming_in_opens_the_neuron_in_the_middle_and_out_closes_it(opened: Open) -> None:
    page = show(opened(), "#v=1&open=none")
    page.locator(f"{NODES}.neuron").nth(1).focus()
    for _ in range(6):
        page.keyboard.press("+")
        drawn(page)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(8)
    expect(page.locator(f"{NODES}.parameter")).to_have_count(5)
    assert page.evaluate("document.activeElement.matches('#stage .node')")
    for _ in range(10):
        page.keyboard.press("-")
        drawn(page)
    expect(page.locator(f"{NODES}.neuron")).to_have_count(9)
    assert page.evaluate("document.activeElement.matches('#stage .node')")


def test_with_a_batch_what_is_drawn_is_said(network: Page) -> None:
    network.locator("#batch").evaluate("e => e.closest('details').open = true")
    network.locator("#batch").fill("5")
    network.locator("#batch").press("Enter")
    expect(network.locator("#recipe .wrong")).to_contain_text("1 to 4")
    network.locator("#batch").fill("2")
    network.locator("#batch").press("Enter")
    expect(network.locator(f"{NODES}.objective")).to_contain_text("all 2 examples")
    rows = {1: (2, 3, -1), 2: (3, -1, 0.5), 3: (0.5, 1, 1), 4: (1, 1, -1)}
    for step in range(1, 5):
        network.locator("#one-step").click()
        at_step(network, step)
        said = re.search(r"example (\d) is drawn", network.locator("#left-over").text_content() or "")
        shown = [
            float((label or "").split("data ")[1].split(",")[0].replace("minus ", "-"))
            for label in network.eval_on_selector_all(
                f"{NODES}.data", "nodes => nodes.map(node => node.getAttribute('aria-label'))"
            )
        ]
        assert sorted(shown) == sorted(rows[int(said[1]) if said else 1])
