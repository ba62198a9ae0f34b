/** Our own workers: scripts that run beside the page, whose addresses the template gives. */

/** @typedef {{createScriptURL: (address: string) => any}} Policy */
/** @type {Policy | undefined} */
let policy;

/** The address of our own worker as the policy on script addresses wants it. @param {string} address */
function trusted(address) {
  const maker = /** @type {{createPolicy: (name: string, rules: Policy) => Policy} | undefined} */ (
    /** @type {any} */ (globalThis).trustedTypes
  );
  policy ??= maker?.createPolicy("workers", {
    createScriptURL: (text) => {
      if (new URL(text, document.baseURI).origin !== new URL(import.meta.url).origin)
        throw new TypeError("the worker comes from where the page's scripts do");
      return text;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}

/** @param {string} address @param {string} name */
export function startWorker(address, name) {
  return new Worker(trusted(address), { type: "module", name });
}
