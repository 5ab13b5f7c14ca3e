import { JSDOM } from 'jsdom';

const NAMES = ['window', 'document', 'navigator', 'customElements', 'CustomEvent', 'CSSStyleSheet', 'Node', 'Element', 'HTMLElement',
  'SVGElement'];

/** Makes this process look like a page. */
export function openPage() {
  const { window } = new JSDOM('<!doctype html><html lang="en"><body></body></html>', { url: 'http://page.test/' });
  for (const name of NAMES) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
  }
}
