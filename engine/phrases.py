"""The sentences, as data: what the page and the command line say about gradients.

Written once here, filled in by `engine/explain.py` and, as the generated `static/src/phrases.js`, by the browser. What
one op does on the way back stands in its row of the op table (`Op.hands`).

A template's ``{field}`` is replaced by a name or a number, ``[…]`` is what the highlighter marks. Second person, short,
plain; verbs for what gradients do: reaches, passes on, adds. `PHRASES` stand on the page from the start; `ANSWERS` are
to questions, and reach the browser in a file of their own, `static/src/answers.js`.
"""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    # --- how the output answers to a node
    "rises": "Raise {name} slightly and {output} rises [{pace}].",
    "falls": "Raise {name} slightly and {output} falls [{pace}].",
    "rises_hardly": "Raise {name} slightly and {output} hardly rises: [{pace}].",
    "falls_hardly": "Raise {name} slightly and {output} hardly falls: [{pace}].",
    "rises_steeply": "Raise {name} ever so slightly and {output} shoots up: [{pace}].",
    "falls_steeply": "Raise {name} ever so slightly and {output} plunges: [{pace}].",
    "rises_endlessly": "The slope here is infinite: raise {name} and {output} rises [faster than any number says].",
    "falls_endlessly": "The slope here is infinite: raise {name} and {output} falls [faster than any number says].",
    "stays": "Raise {name} slightly and {output} [does not move].",
    "unknown": "How {output} answers to {name} is [not a number].",
    "no_output": "{output} is [not a number]: it neither rises nor falls.",
    "unconnected": "{name} does [not reach] {output}. Turn it as you like, {output} stays.",
    "itself": "{output} is the output. It follows itself [one to one], so its gradient is 1.",
    "constant": "{name} is a [constant]. Nobody turns it, so it has no gradient.",
    "waits": "{name} has [no gradient yet]: nothing has reached it.",
    "so_far": "{name} has [{sum} so far]: {arrived} of {all} contributions have reached it.",
    # --- the events of the trace
    "start": "Nothing has happened yet. [Step on], and the first value is written.",
    "given_parameter": "{name} is yours to turn. It starts as [{data}].",
    "given_data": "{name} is given: [{data}].",
    "given_constant": "A constant, [{data}], takes its place.",
    "computed": "{name} is computed: [{numbers} = {data}].",
    "seed": "{output} follows itself one to one, so its gradient is [1]. The walk back starts here.",
    "hands": "{node} hands its gradient to {target}.",
    "adds": "It [adds] to the {before} that {target} already has.",
    "end": "The walk back is complete. Every value knows its effect on {output}.",
    # --- what an op does to a gradient, where its row says nothing of its own
    "by_slope": "{op} multiplies it by [its slope here], {partial}.",
    "gate_open": "{op} is open here and passes it on [unchanged].",
    "gate_closed": "{op} is closed here and passes on [nothing].",
    "gate_shared": "{op} has a tie here: {target} gets [its share], {partial}.",
    "code_closed": "closed: adds nothing",
}

ANSWERS: Mapping[str, str] = {
    # --- what will it be?
    "ask": "Next, {node} hands a gradient to {target}. What will it be?",
    "ask_seed": "Next, {output} gets its own gradient. What will it be?",
    "right": "Right: {upstream} arrives at {node}, times the local slope {partial} is [{amount}].",
    "right_seed": "Right: {output} follows itself one to one.",
    "guessed_partial": "That is the local slope. Multiply it by what arrives at {node}, {upstream}: [{amount}].",
    "guessed_upstream": "That is what arrives at {node}. Its local slope, {partial}, comes in too: [{amount}].",
    "guessed_sign": "The size is right, the sign is not: {upstream} × {factor} is [{amount}].",
    "guessed_sum": "That is the sum so far and this together. This contribution alone is [{amount}].",
    "guessed_added": "Multiply, don't add: {upstream} × {factor} is [{amount}].",
    "guessed": "{upstream} arrives at {node}. Times the local slope {partial} that is [{amount}].",
    "guessed_seed": "{output} follows itself one to one, so its gradient is [1].",
    # --- why a gradient is 0, tiny, huge, infinite or NaN
    "why_unconnected": "{name} has [no path] to {output}: nothing it does arrives there.",
    "why_factor": "{node} multiplies {on} by {other}, and {other} is [0]. A product with 0 stays 0.",
    "why_closed": "{op} at {node} is [closed]: it did not read {on}, so it hands nothing back.",
    "why_saturated": "{op} at {node} is [saturated]: its value is {out}, and its curve is flat there.",
    "why_flat": "{op} at {node} is [flat] here: its slope towards {on} is 0.",
    "why_cancel": "The contributions [cancel]: {terms} add up to 0.",
    "why_underflow": "The slopes on the way are so small that their product [underflows] to 0.",
    "why_tiny": "The gradient shrinks most at {node}, where {op} multiplies it by [{partial}]. {count} slopes on "
    "the way are below 1.",
    "why_huge": "The gradient grows most at {node}, where {op} multiplies it by [{partial}].",
    "why_balanced": "No slope on the way is below 1. The [{paths} paths] to the output nearly cancel.",
    "why_many": "No slope on the way is above 1. It is the [{paths} paths] to the output that add up.",
    "why_steep": "{op} at {node} is [infinitely steep] where {on} is {value}.",
    "why_overflow": "{node} [overflows]: {numbers} is larger than any float64, so it counts as {out}.",
    "why_pole": "{node} stands on a [pole]: {numbers} is {out}, and there is no limit right beside it.",
    "why_overflow_back": "The gradient [overflows] at {node}: {upstream} × {factor} is larger than any float64.",
    "why_domain": "{node} is [not a number]: {numbers} has no real value.",
    "why_given": "{node} was [given] as {value}.",
    "why_indefinite": "At {node} a gradient of {upstream} meets a slope of {partial}, and [{upstream} × {factor}] is "
    "not a number.",
    "why_slope_nan": "The slope of {op} at {node} towards {on} is [not a number].",
    "why_opposed": "An infinite rise and an infinite fall meet at {name}: [∞ − ∞] is not a number.",
    "why_ordinary": "Nothing unusual: {name} has a gradient of [{grad}].",
    # --- nudging
    "nudge_same": "The quotient agrees with the exact gradient.",
    "nudge_coarse": "The curve [bends] within h, so the quotient is off by {error}. Make h smaller.",
    "nudge_rounding": "h is so small that [rounding wins]: {output} keeps about 16 digits, and the difference is in "
    "the last of them. Make h larger.",
    "nudge_kink": "The curve has a [kink] here: left and right of it the slopes differ, {left} and {right}.",
    "nudge_jump": "The output [jumps] here. No h is small enough: the smaller it is, the larger the quotient.",
    "nudge_outside": "One of the two values is [not a number], so there is no quotient.",
}

PACES: tuple[tuple[float, str], ...] = (
    (1.0, "just as fast"),
    (2.0, "twice as fast"),
    (3.0, "three times as fast"),
    (4.0, "four times as fast"),
    (5.0, "five times as fast"),
    (6.0, "six times as fast"),
    (7.0, "seven times as fast"),
    (8.0, "eight times as fast"),
    (9.0, "nine times as fast"),
    (10.0, "ten times as fast"),
    (0.5, "half as fast"),
    (1 / 3, "a third as fast"),
    (0.25, "a quarter as fast"),
    (0.2, "a fifth as fast"),
    (0.1, "a tenth as fast"),
)
"""|gradient| within PACE_TOLERANCE of the number -> how fast; every other one is TIMES."""

PACE_TOLERANCE = 1e-9
TIMES = "{times} times as fast"

SIZES: tuple[tuple[float, str, str], ...] = (
    (5e-324, "stays", "stays"),
    (1e-3, "rises_hardly", "falls_hardly"),
    (1e4, "rises", "falls"),
    (float("inf"), "rises_steeply", "falls_steeply"),
)
"""The first row whose number is above |gradient| names the sentence, for a positive and for a negative one."""
