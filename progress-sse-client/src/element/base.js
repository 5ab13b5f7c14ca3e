/** What the elements extend; on a server, where there are none, a class that does nothing, so that importing it does no harm. */
export const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});
