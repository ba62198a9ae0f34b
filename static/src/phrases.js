// Generated from engine/phrases.py by `python3 run gen`. Not to be edited by hand.

/** {field}: a name or a number; […]: marked. */
export const PHRASES = {
  rises: "Raise {name} slightly and {output} rises [{pace}].",
  falls: "Raise {name} slightly and {output} falls [{pace}].",
  rises_hardly: "Raise {name} slightly and {output} hardly rises: [{pace}].",
  falls_hardly: "Raise {name} slightly and {output} hardly falls: [{pace}].",
  rises_steeply: "Raise {name} ever so slightly and {output} shoots up: [{pace}].",
  falls_steeply: "Raise {name} ever so slightly and {output} plunges: [{pace}].",
  rises_endlessly: "The slope here is infinite: raise {name} and {output} rises [faster than any number says].",
  falls_endlessly: "The slope here is infinite: raise {name} and {output} falls [faster than any number says].",
  stays: "Raise {name} slightly and {output} [does not move].",
  unknown: "How {output} answers to {name} is [not a number].",
  no_output: "{output} is [not a number]: it neither rises nor falls.",
  unconnected: "{name} does [not reach] {output}. Turn it as you like, {output} stays.",
  itself: "{output} is the output. It follows itself [one to one], so its gradient is 1.",
  constant: "{name} is a [constant]. Nobody turns it, so it has no gradient.",
  waits: "{name} has [no gradient yet]: nothing has reached it.",
  so_far: "{name} has [{sum} so far]: {arrived} of {all} contributions have reached it.",
  start: "Nothing has happened yet. [Step on], and the first value is written.",
  given_parameter: "{name} is yours to turn. It starts as [{data}].",
  given_data: "{name} is given: [{data}].",
  given_constant: "A constant, [{data}], takes its place.",
  computed: "{name} is computed: [{numbers} = {data}].",
  seed: "{output} follows itself one to one, so its gradient is [1]. The walk back starts here.",
  hands: "{node} hands its gradient to {target}.",
  adds: "It [adds] to the {before} that {target} already has.",
  end: "The walk back is complete. Every value knows its effect on {output}.",
  by_slope: "{op} multiplies it by [its slope here], {partial}.",
  gate_open: "{op} is open here and passes it on [unchanged].",
  gate_closed: "{op} is closed here and passes on [nothing].",
  gate_shared: "{op} has a tie here: {target} gets [its share], {partial}.",
  code_closed: "closed: adds nothing",
};

/** |gradient| within PACE_TOLERANCE of the number: how fast. @type {[number, string][]} */
export const PACES = [[1.0, "just as fast"], [2.0, "twice as fast"], [3.0, "three times as fast"], [4.0, "four times as fast"], [5.0, "five times as fast"], [6.0, "six times as fast"], [7.0, "seven times as fast"], [8.0, "eight times as fast"], [9.0, "nine times as fast"], [10.0, "ten times as fast"], [0.5, "half as fast"], [0.3333333333333333, "a third as fast"], [0.25, "a quarter as fast"], [0.2, "a fifth as fast"], [0.1, "a tenth as fast"]];
export const PACE_TOLERANCE = 1e-09;
export const TIMES = "{times} times as fast";

/**
 * The first row whose number is above |gradient| names the sentence, for a positive and for a negative one.
 * @type {[number, keyof typeof PHRASES, keyof typeof PHRASES][]}
 */
export const SIZES = [[5e-324, "stays", "stays"], [0.001, "rises_hardly", "falls_hardly"], [10000.0, "rises", "falls"], [Infinity, "rises_steeply", "falls_steeply"]];
