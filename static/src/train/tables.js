// Generated from engine/ by `python3 run gen`. Not to be edited by hand.
const { exp, max, tanh } = Math;

/** What ends a neuron, by name: an op of the table, or `linear`. @type {Record<string, (x: number) => number>} */
export const ACTIVATIONS = {
  tanh: (x) => tanh(x),
  relu: (x) => max(x, 0),
  sigmoid: (x) => 1 / (1 + exp(-x)),
  linear: (x) => x,
};

/**
 * `targets`: what a target is: "number", "plus_minus" (-1 or 1), "probability" (0 to 1) or "class" (an index). `mean`:
 * the sum of the examples' terms is divided by their number.
 * @type {Record<string, {name: string, title: string, targets: string, mean: boolean}>}
 */
export const LOSSES = {
  squared_error: { name: "squared_error", title: "sum of squared errors", targets: "number", mean: false },
  mean_squared_error: { name: "mean_squared_error", title: "mean squared error", targets: "number", mean: true },
  hinge: { name: "hinge", title: "max-margin loss, mean of relu(1 - y*score)", targets: "plus_minus", mean: true },
  binary_cross_entropy: { name: "binary_cross_entropy", title: "binary cross-entropy of logits", targets: "probability", mean: true },
  softmax_cross_entropy: { name: "softmax_cross_entropy", title: "softmax cross-entropy of logits", targets: "class", mean: true },
};

/**
 * Data sets of the server: `nin` numbers an example; `classes` 0 where a number is to be predicted; a `fixed` one is a
 * table, whatever count, noise and seed are.
 * @type {Record<string, {name: string, title: string, count: number, noise: number, nin: number, classes: number,
 *   fixed: boolean}>}
 */
export const DATASETS = {
  lecture: { name: "lecture", title: "the lecture's four examples", count: 4, noise: 0.0, nin: 3, classes: 2, fixed: true },
  and: { name: "and", title: "and: on only when both are", count: 4, noise: 0.0, nin: 2, classes: 2, fixed: true },
  xor: { name: "xor", title: "xor: on when exactly one is", count: 4, noise: 0.0, nin: 2, classes: 2, fixed: true },
  moons: { name: "moons", title: "two moons", count: 100, noise: 0.1, nin: 2, classes: 2, fixed: false },
  circles: { name: "circles", title: "a circle in a circle", count: 100, noise: 0.1, nin: 2, classes: 2, fixed: false },
  spirals: { name: "spirals", title: "two spirals", count: 100, noise: 0.05, nin: 2, classes: 2, fixed: false },
  line: { name: "line", title: "points near a line", count: 20, noise: 0.1, nin: 1, classes: 0, fixed: false },
};

/**
 * How the first weights are drawn: texts in Python's grammar, once per weight and per bias.
 * @type {Record<string, {name: string, title: string, weight: string, bias: string, note: string}>}
 */
export const INITIALISATIONS = {
  uniform: { name: "uniform", title: "between -1 and 1", weight: "uniform(-1, 1)", bias: "uniform(-1, 1)", note: "The lecture's. It takes no notice of how many inputs a neuron has, so wide layers start saturated." },
  micrograd: { name: "micrograd", title: "between -1 and 1, biases 0", weight: "uniform(-1, 1)", bias: "0", note: "As the micrograd repository and its two-moons demo start." },
  xavier_uniform: { name: "xavier_uniform", title: "Xavier (Glorot), uniform", weight: "uniform(-sqrt(6 / (nin + nout)), sqrt(6 / (nin + nout)))", bias: "0", note: "Values and gradients keep about their size from layer to layer. Made for tanh." },
  xavier_normal: { name: "xavier_normal", title: "Xavier (Glorot), normal", weight: "normal(0, sqrt(2 / (nin + nout)))", bias: "0", note: "The same spread, drawn from a bell curve." },
  he_uniform: { name: "he_uniform", title: "He (Kaiming), uniform", weight: "uniform(-sqrt(6 / nin), sqrt(6 / nin))", bias: "0", note: "Wider than Xavier, because relu lets only half of the values through." },
  he_normal: { name: "he_normal", title: "He (Kaiming), normal", weight: "normal(0, sqrt(2 / nin))", bias: "0", note: "The same spread, drawn from a bell curve." },
  normal: { name: "normal", title: "small, normal", weight: "normal(0, 0.01)", bias: "0", note: "Almost 0: signals and gradients shrink with every layer, and a deep network hardly starts." },
  zeros: { name: "zeros", title: "all 0", weight: "0", bias: "0", note: "Neurons of a layer stay equal for ever: equal weights get equal gradients, if they get any." },
};

/** The fields of a network that are a choice of names. @type {Record<string, string[]>} */
export const CHOICES = { activation: ["tanh", "relu", "sigmoid", "linear"], output_activation: ["tanh", "relu", "sigmoid", "linear"], initialisation: ["uniform", "micrograd", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal", "normal", "zeros"] };
/** A network's fields after nin and nouts, with their defaults. @type {Record<string, string | number | null>} */
export const NETWORK = { activation: "tanh", output_activation: null, seed: 1337, initialisation: "uniform" };
/** Defaults of a training run. */
export const RECIPE = { steps: 20, rate: 0.05, optimizer: "sgd", schedule: "constant", batch: null, seed: 1337, zero_grad: true };
/** How much one request may ask for. */
export const LIMITS = { body_bytes: 65536, training_body_bytes: 1048576, program_characters: 10000, nesting: 100, comprehensions: 8, program_nodes: 20000, program_steps: 100000, network_nodes: 200000, parameters: 5000, name_characters: 64, number_characters: 40, training_cost: 200000000, training_steps: 100000, dataset_examples: 10000 };
