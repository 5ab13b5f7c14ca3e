export type Words = import('./words.js').Words;
export declare class View {
    #private;
    bar: HTMLElement;
    fill: HTMLElement;
    label: HTMLElement;
    percent: HTMLElement;
    text: HTMLElement;
    notice: HTMLElement;
    count: HTMLElement;
    rate: HTMLElement;
    left: HTMLElement;
    button: HTMLButtonElement;
    slot: HTMLSlotElement;
    announcer: HTMLElement;
    icon: SVGSVGElement;
    separator: HTMLElement;
    /** @param {ShadowRoot} root */
    constructor(root: ShadowRoot);
    /**
     * @param {Words} words
     * @param {import('./words.js').JobState} state
     */
    show(words: Words, state: import('./words.js').JobState): void;
    /**
     * @param {?{text: string, name: string, disabled: boolean}} button `null` hides it; a keyboard's user who stood on it
     * goes on from the bar
     */
    showButton(button: {
        text: string;
        name: string;
        disabled: boolean;
    } | null): void;
}
