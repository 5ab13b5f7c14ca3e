/** What the elements extend; on a server, where there are none, a class that does nothing, so that importing it does no harm. */
export declare const Base: typeof HTMLElement;
