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
  sgd: {
    name: "sgd",
    title: "gradient descent",
    note: "Every parameter goes against its gradient, as far as the rate says.",
    settings: {  },
    lines: [["data", "data - rate * grad"]],
    memory: [],
    update(size, data, grad, memory, rate, step, settings) {
      for (let i = 0; i < size; i++) {
        data[i] = data[i] - rate * grad[i];
      }
    },
  },
  momentum: {
    name: "momentum",
    title: "gradient descent with momentum",
    note: "Steps add up where gradients agree and cancel where they alternate. PyTorch's form.",
    settings: { momentum: 0.9 },
    lines: [["velocity", "momentum * velocity + grad"], ["data", "data - rate * velocity"]],
    memory: ["velocity"],
    update(size, data, grad, memory, rate, step, settings) {
      const [velocity] = memory;
      const { momentum = 0.9 } = settings;
      for (let i = 0; i < size; i++) {
        velocity[i] = momentum * velocity[i] + grad[i];
        data[i] = data[i] - rate * velocity[i];
      }
    },
  },
  adam: {
    name: "adam",
    title: "Adam",
    note: "Each parameter's step is scaled by how large its gradients have been, so all move at about the same pace.",
    settings: { beta1: 0.9, beta2: 0.999, epsilon: 1e-08 },
    lines: [["mean", "beta1 * mean + (1 - beta1) * grad"], ["square", "beta2 * square + (1 - beta2) * grad * grad"], ["data", "data - rate * (mean / (1 - pow(beta1, step))) / (sqrt(square / (1 - pow(beta2, step))) + epsilon)"]],
    memory: ["mean", "square"],
    update(size, data, grad, memory, rate, step, settings) {
      const [mean, square] = memory;
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-08 } = settings;
      for (let i = 0; i < size; i++) {
        mean[i] = beta1 * mean[i] + (1 - beta1) * grad[i];
        square[i] = beta2 * square[i] + (1 - beta2) * grad[i] * grad[i];
        data[i] = data[i] - rate * (mean[i] / (1 - pow(beta1, step))) / (sqrt(square[i] / (1 - pow(beta2, step))) + epsilon);
      }
    },
  },
};

/** @type {Record<string, Schedule>} */
export const SCHEDULES = {
  constant: {
    name: "constant",
    title: "constant",
    note: "The same rate throughout.",
    settings: {  },
    text: "rate",
    rateAt(rate, step, steps, settings) {
      return rate;
    },
  },
  linear: {
    name: "linear",
    title: "linear decay",
    note: "Large steps first, small ones at the end; with decay 0.9 the last are a tenth of the first.",
    settings: { decay: 0.9 },
    text: "rate * (1 - decay * step / steps)",
    rateAt(rate, step, steps, settings) {
      const { decay = 0.9 } = settings;
      return rate * (1 - decay * step / steps);
    },
  },
};
