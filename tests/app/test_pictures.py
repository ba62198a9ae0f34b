"""Pictures by the server: their numbers and size, what is refused, cards, and the page without scripts."""

from __future__ import annotations

import math
import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from app import extras
from app.examples import EXAMPLES
from app.schema import ProblemDocument

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]
SVG = "{http://www.w3.org/2000/svg}"
LECTURE = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"


(NEURON,) = (example.program for example in EXAMPLES if example.id == "neuron")


def drawn(ask: Ask, query: str = "") -> ElementTree.Element:
    response = ask("GET", f"/graph.svg{query}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("image/svg+xml")
    return ElementTree.fromstring(response.content)


def words(svg: ElementTree.Element) -> list[str]:
    return [text for each in svg.iter(f"{SVG}text") if (text := "".join(each.itertext()).strip())]


def png_size(content: bytes) -> tuple[int, int]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", content[16:24])


def test_the_lecture_graph_with_its_numbers(ask: Ask) -> None:
    svg = drawn(ask, f"?program={quote(LECTURE)}")
    shown = words(svg)
    for number in ("2", "−3", "10", "−6", "4", "−8", "6", "−4", "−2", "1"):
        assert number in shown
    assert svg.findtext(f"{SVG}desc") == (
        "A computation graph of 7 values with data and grad on each; L is −8."
    )
    assert not list(svg.iter(f"{SVG}script"))


def test_without_a_question_it_is_the_lecture_graph(ask: Ask) -> None:
    assert words(drawn(ask)) == words(drawn(ask, "?example=lecture"))


def test_the_walk_stands_where_it_is_told(ask: Ask) -> None:
    assert words(drawn(ask, "?step=10")).count("not yet") == 4
    assert "not yet" not in words(drawn(ask))


def test_themes_and_local_derivatives(ask: Ask) -> None:
    light, dark = (ask("GET", f"/graph.svg?theme={theme}").text for theme in ("light", "dark"))
    assert "#fbfaf6" in light.lower()
    assert "#15171b" in dark.lower()
    assert "× 4" in words(drawn(ask))
    assert "× 4" not in words(drawn(ask, "?local=false"))


def test_a_stored_link_is_drawn_as_it_was_shared(ask: Ask) -> None:
    state = {"program": "p = 3; q = p*p", "theme": "dark", "step": 2}
    link = ask("POST", "/api/v1/links", json=state).json()["id"]
    svg = drawn(ask, f"?link={link}")
    assert "p" in words(svg)
    assert "not yet" in words(svg)
    assert "#15171b" in ask("GET", f"/graph.svg?link={link}").text.lower()
    assert "#fbfaf6" in ask("GET", f"/graph.svg?link={link}&theme=light").text.lower()


def test_sizes(ask: Ask) -> None:
    natural = drawn(ask)
    width, height = float(natural.attrib["width"]), float(natural.attrib["height"])
    png = ask("GET", "/graph.png")
    assert png.headers["content-type"] == "image/png"
    assert png_size(png.content) == (round(2 * width), round(2 * height))
    card = ask("GET", "/graph.png?width=1200&height=630")
    assert png_size(card.content) == (1200, 630)
    fitted = drawn(ask, "?width=400&height=400")
    x, y, wide, high = map(float, fitted.attrib["viewBox"].split())
    assert (fitted.attrib["width"], fitted.attrib["height"]) == ("400", "400")
    assert wide == high
    assert x <= float(natural.attrib["viewBox"].split()[0])
    assert y <= float(natural.attrib["viewBox"].split()[1])


@pytest.mark.parametrize(("width", "height"), [(640, 360), (400, 300), (300, 500), (320, 240)])
def test_in_a_small_frame_every_number_can_be_read(ask: Ask, width: int, height: int) -> None:
    svg = drawn(ask, f"?example=neuron&width={width}&height={height}")
    _, _, wide, high = map(float, svg.attrib["viewBox"].split())
    assert wide / high == pytest.approx(width / height, rel=1e-3)
    sizes = [float(text.attrib["font-size"]) for text in svg.iter(f"{SVG}text")]
    assert min(sizes) * width / wide >= 10.99
    nodes = ask("POST", "/api/v1/graph?fields=data,grad", json={"program": NEURON}).json()["nodes"]
    shown = [float(word.replace("−", "-")) for word in words(svg) if re.fullmatch(r"−?[0-9.]+", word)]
    for node in nodes:
        assert sum(math.isclose(number, node["data"], rel_tol=5e-3) for number in shown)
        assert sum(math.isclose(number, node["grad"], rel_tol=5e-3) for number in shown)
    assert len(shown) == 2 * len(nodes)


def test_asked_again_it_is_304(ask: Ask) -> None:
    for url in ("/graph.svg", "/graph.png?width=300&height=200"):
        first = ask("GET", url)
        again = ask("GET", url, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "max-age" in first.headers["cache-control"]
        assert first.headers["access-control-allow-origin"] == "*"
        assert first.headers["cross-origin-resource-policy"] == "cross-origin"


def test_what_cannot_be_drawn(ask: Ask, problem: Check) -> None:
    document = problem(ask("GET", f"/graph.svg?program={quote('a = 2; b = a*g')}"), "unknown_name")
    assert document.column == 14
    problem(ask("GET", "/graph.svg?example=nothing"), "unknown_example")
    problem(ask("GET", "/graph.svg?link=0000000000000000000000000a"), "unknown_link")
    large = quote("a = 1; L = sum(a*i for i in range(600))")
    problem(ask("GET", f"/graph.png?program={large}"), "too_large_to_draw")
    for query in ("width=1", "height=9999", "theme=blue", "step=-1", "node=x", "colour=red"):
        assert ask("GET", f"/graph.svg?{query}").status_code == 422
    link = ask("POST", "/api/v1/links", json={"page": "network", "fields": {"seed": "1"}}).json()["id"]
    problem(ask("GET", f"/graph.svg?link={link}"), "no_picture")


def test_text_of_the_program_is_text_in_the_picture(ask: Ask) -> None:
    svg = drawn(ask, "?program=" + quote("x = Value(2, label='<b>&\"')\ny = x*x"))
    assert '<b>&"' in words(svg)


def test_without_the_extra_it_says_what_to_install(
    ask: Ask, problem: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    extras.missing_packages.cache_clear()
    monkeypatch.setattr(extras, "PICTURES", ("no_such_package",))
    try:
        document = problem(ask("GET", "/graph.svg?step=3"), "pictures_missing")
        assert "seegrad[pictures]" in (document.hint or "")
        assert "og:image" not in ask("GET", "/").text
    finally:
        extras.missing_packages.cache_clear()


def test_cards_name_a_picture_that_is_there(ask: Ask) -> None:
    link = ask("POST", "/api/v1/links", json={"program": "p = 3; q = p*p"}).json()["id"]
    for path in ("/", f"/g/{link}"):
        html = ask("GET", path).text
        image = re.search(r'property="og:image" content="([^"]+)"', html)
        assert image
        address = image[1].replace("&amp;", "&")
        assert address.startswith("http")
        picture = ask("GET", "/" + address.split("/", 3)[3])
        assert png_size(picture.content) == (1200, 630)
        assert 'name="twitter:card" content="summary_large_image"' in html


def test_a_network_s_card_has_words_and_names_no_picture(ask: Ask) -> None:
    link = ask("POST", "/api/v1/links", json={"page": "network", "fields": {"preset": "xor"}}).json()["id"]
    for path in ("/network", f"/g/{link}"):
        html = ask("GET", path).text
        assert 'property="og:title" content="SeeGrad: a small network' in html
        assert f'property="og:url" content="http://seegrad.test{path}"' in html
        assert 'name="twitter:card" content="summary"' in html
        assert "og:image" not in html


def test_without_scripts_the_page_has_picture_and_numbers(ask: Ask) -> None:
    html = ask("GET", "/").text
    (inside,) = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert 'src="/graph.svg"' in inside
    rows = re.findall(r'<th scope="row">(\w+)</th><td>(\w+)</td><td>([^<]+)</td><td>([^<]+)</td>', inside)
    assert ("c", "leaf", "10.0", "-2.0") in rows
    assert ("L", "mul", "-8.0", "1.0") in rows
