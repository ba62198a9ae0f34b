"""What training in the browser shares with the engine, as JavaScript.

`static/src/train/optim.js`: the rules and schedules of `engine/optim.py`, each a loop over typed arrays with the row's
text inlined. `static/src/train/tables.js`: the names, defaults and limits that a definition is checked against, and the
activations' formulas.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import MISSING, fields

from engine.datasets import DATASETS
from engine.initialisation import INITIALISATIONS
from engine.limits import DEFAULT_LIMITS
from engine.losses import LOSSES
from engine.nn import ACTIVATIONS
from engine.ops import OPS
from engine.optim import OPTIMIZERS, SCHEDULES, Optimizer, Schedule
from engine.readings.script import expression, literal
from engine.spec import NetworkSpec
from engine.training import Recipe

_OPTIM = """\
// Generated from engine/optim.py by `python3 run gen`. Not to be edited by hand.
const { pow, sqrt } = Math;

/**
 * A rule: how a step changes a parameter. `lines` are assignments in Python's grammar, the last one the new `data`;
 * `update` is the same text over the first `size` entries of `data` and `grad`. `memory` holds an array per name of the
 * rule's memory, 0 at first; `step` counts from 1.
 * @typedef {{name: string, title: string, note: string, lines: [string, string][], settings: Record<string, number>,
 *   memory: string[], update(size: number, data: Float64Array, grad: Float64Array, memory: Float64Array[],
 *   rate: number, step: number, settings: Record<string, number>): void}} Optimizer
 *
 * How the learning rate changes over `steps` steps, `step` counted from 0; `rate` is the first one.
 * @typedef {{name: string, title: string, note: string, text: string, settings: Record<string, number>,
 *   rateAt(rate: number, step: number, steps: number, settings: Record<string, number>): number}} Schedule
 */

/** @type {Record<string, Optimizer>} */
export const OPTIMIZERS = {
%s};

/** @type {Record<string, Schedule>} */
export const SCHEDULES = {
%s};
"""

_TABLES = """\
// Generated from engine/ by `python3 run gen`. Not to be edited by hand.
const { %s } = Math;

/** What ends a neuron, by name: an op of the table, or `linear`. @type {Record<string, (x: number) => number>} */
export const ACTIVATIONS = {
%s};

/**
 * `targets`: what a target is: "number", "plus_minus" (-1 or 1), "probability" (0 to 1) or "class" (an index). `mean`:
 * the sum of the examples' terms is divided by their number.
 * @type {Record<string, {name: string, title: string, targets: string, mean: boolean}>}
 */
export const LOSSES = {
%s};

/**
 * Data sets of the server: `nin` numbers an example; `classes` 0 where a number is to be predicted; a `fixed` one is a
 * table, whatever count, noise and seed are.
 * @type {Record<string, {name: string, title: string, count: number, noise: number, nin: number, classes: number,
 *   fixed: boolean}>}
 */
export const DATASETS = {
%s};

/**
 * How the first weights are drawn: texts in Python's grammar, once per weight and per bias.
 * @type {Record<string, {name: string, title: string, weight: string, bias: string, note: string}>}
 */
export const INITIALISATIONS = {
%s};

/** The fields of a network that are a choice of names. @type {Record<string, string[]>} */
export const CHOICES = %s;
/** A network's fields after nin and nouts, with their defaults. @type {Record<string, string | number | null>} */
export const NETWORK = %s;
/** Defaults of a training run. */
export const RECIPE = %s;
/** How much one request may ask for. */
export const LIMITS = %s;
"""


def optim_js() -> str:
    """The whole of `static/src/train/optim.js`."""
    return _OPTIM % (
        "".join(map(_optimizer, OPTIMIZERS.values())),
        "".join(map(_schedule, SCHEDULES.values())),
    )


def tables_js() -> str:
    """The whole of `static/src/train/tables.js`."""
    formulas = {name: OPS[name].formula if name in OPS else "x" for name in ACTIVATIONS}
    datasets = [
        {name: getattr(row, name) for name in ("name", "title", "count", "noise", "nin", "classes", "fixed")}
        for row in DATASETS.values()
    ]
    starts = [
        {name: getattr(row, name) for name in ("name", "title", "weight", "bias", "note")}
        for row in INITIALISATIONS.values()
    ]
    losses = [
        {"name": row.name, "title": row.title, "targets": row.targets, "mean": row.mean}
        for row in LOSSES.values()
    ]
    limits = {field.name: getattr(DEFAULT_LIMITS, field.name) for field in fields(DEFAULT_LIMITS)}
    return _TABLES % (
        ", ".join(sorted(set[str]().union(*map(_called, formulas.values())))),
        "".join(f"  {name}: (x) => {expression(formula)},\n" for name, formula in formulas.items()),
        _rows(losses),
        _rows(datasets),
        _rows(starts),
        literal(_choices()),
        literal(_defaults(NetworkSpec)),
        literal(_defaults(Recipe)),
        literal(limits),
    )


def _called(formula: str) -> set[str]:
    """The functions in a formula: each has a namesake in `Math`."""
    calls = [node.func for node in ast.walk(ast.parse(formula)) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}


def _rows(rows: list[dict[str, object]]) -> str:
    return "".join(f"  {row['name']}: {literal(row)},\n" for row in rows)


def _choices() -> dict[str, object]:
    return {
        "activation": ACTIVATIONS,
        "output_activation": ACTIVATIONS,
        "initialisation": tuple(INITIALISATIONS),
    }


def _defaults(kind: type) -> dict[str, object]:
    """The fields of a dataclass that have a plain default."""
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


def _head(row: Optimizer | Schedule) -> str:
    shown = {"name": row.name, "title": row.title, "note": row.note, "settings": row.settings}
    return "".join(f"    {key}: {literal(value)},\n" for key, value in shown.items())


def _optimizer(row: Optimizer) -> str:
    names = {name: f"{name}[i]" for name in ("data", "grad", *row.memory)}
    loop = "".join(f"        {names[name]} = {expression(text, names)};\n" for name, text in row.lines)
    return (
        f"  {row.name}: {{\n{_head(row)}"
        f"    lines: {literal(row.lines)},\n"
        f"    memory: {literal(row.memory)},\n"
        "    update(size, data, grad, memory, rate, step, settings) {\n"
        f"{_unpacked(row.memory, row.settings)}"
        f"      for (let i = 0; i < size; i++) {{\n{loop}      }}\n"
        "    },\n  },\n"
    )


def _schedule(row: Schedule) -> str:
    return (
        f"  {row.name}: {{\n{_head(row)}"
        f"    text: {literal(row.text)},\n"
        "    rateAt(rate, step, steps, settings) {\n"
        f"{_unpacked((), row.settings)}"
        f"      return {expression(row.text)};\n"
        "    },\n  },\n"
    )


def _unpacked(memory: tuple[str, ...], settings: Mapping[str, float]) -> str:
    """The lines that give a rule's memory and settings their names."""
    lines = [f"const [{', '.join(memory)}] = memory;"] if memory else []
    named = ", ".join(f"{name} = {default!r}" for name, default in settings.items())
    lines += [f"const {{ {named} }} = settings;"] if named else []
    return "".join(f"      {line}\n" for line in lines)
