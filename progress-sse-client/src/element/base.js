/** The base class of the elements. On a server, which has no elements, it does nothing, so that importing it does no
 * harm. */
export const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});
