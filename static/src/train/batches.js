/**
 * Which examples a step reads: all, or a batch of a shuffled deck, in the order in which Python's
 * `random.Random(seed).sample` deals them, so that a run here and a run on the server see the same ones.
 */

const N = 624;
const M = 397;

/**
 * The Mersenne Twister, MT19937, seeded as Python seeds it with a whole number: its 32-bit digits are the key.
 * @param {number} seed a whole number from 0 to 2**53 - 1
 * @returns {() => number} the next 32 bits
 */
function twister(seed) {
  const state = new Uint32Array(N);
  const key = seed < 2 ** 32 ? [seed] : [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
  state[0] = 19650218;
  for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, mixed(state, i - 1)) + i;
  let i = 1;
  for (let k = 0; k < Math.max(N, key.length); k++) {
    state[i] = (state[i] ^ Math.imul(mixed(state, i - 1), 1664525)) + key[k % key.length] + (k % key.length);
    i = following(state, i);
  }
  for (let k = 1; k < N; k++) {
    state[i] = (state[i] ^ Math.imul(mixed(state, i - 1), 1566083941)) - i;
    i = following(state, i);
  }
  state[0] = 0x80000000;
  let at = N;
  return () => {
    if (at === N) {
      refill(state);
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** @param {Uint32Array} state @param {number} i */
function mixed(state, i) {
  return state[i] ^ (state[i] >>> 30);
}

/** @param {Uint32Array} state @param {number} i */
function following(state, i) {
  if (i + 1 < N) return i + 1;
  state[0] = state[N - 1];
  return 1;
}

/** @param {Uint32Array} state */
function refill(state) {
  for (let i = 0; i < N; i++) {
    const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
    state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/**
 * The numbers 0 to deck.length - 1 in the order of `sample(range(n), n)`.
 * @param {() => number} next
 * @param {Int32Array} deck is filled
 * @param {Int32Array} pool as long, is overwritten
 */
function shuffle(next, deck, pool) {
  const count = deck.length;
  for (let i = 0; i < count; i++) pool[i] = i;
  for (let i = 0; i < count; i++) {
    const left = count - i;
    const unused = Math.clz32(left);
    let at = next() >>> unused;
    while (at >= left) at = next() >>> unused;
    deck[i] = pool[at];
    pool[at] = pool[left - 1];
  }
}

/**
 * Batches without replacement; what is left of a deck, fewer than a batch, is not dealt.
 * @param {number} count examples there are
 * @param {number} size examples of a step
 * @param {number} seed
 * @returns {{at(step: number): Int32Array}} the rows of a step, counted from 0; valid until the next call
 */
export function createBatches(count, size, seed) {
  const deck = Int32Array.from({ length: count }, (_, i) => i);
  if (size === count) return { at: () => deck };
  const pool = new Int32Array(count);
  const perDeck = Math.floor(count / size);
  const batches = Array.from({ length: perDeck }, (_, k) => deck.subarray(k * size, (k + 1) * size));
  let next = twister(seed);
  let dealt = 0;
  return {
    at(step) {
      const wanted = Math.floor(step / perDeck) + 1;
      if (wanted < dealt) {
        next = twister(seed);
        dealt = 0;
      }
      for (; dealt < wanted; dealt++) shuffle(next, deck, pool);
      return batches[step % perDeck];
    },
  };
}
