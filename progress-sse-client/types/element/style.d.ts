/** One style sheet for all elements of a page. */
export declare function styleSheet(): CSSStyleSheet;
