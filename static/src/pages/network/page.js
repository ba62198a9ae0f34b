/**
 * What the parts of the network page are given: the state, how it is changed and followed, and who asks the server.
 * @typedef {import("../../network/effects.js").Store} Store
 * @typedef {{now: Store["state"], send: Store["dispatch"], subscribe: Store["subscribe"], flush: Store["flush"],
 *   api: ReturnType<typeof import("../../api.js").createApi>, phone: MediaQueryList}} Page
 */
export {};
