// How the element looks. A constructable sheet: no Content-Security-Policy forbids it.

const CSS = `
:host {
  --_accent: var(--progress-sse-accent, #4353d6);
  --_good: var(--progress-sse-good, #1a7f4b);
  --_bad: var(--progress-sse-bad, #c0342b);
  --_warn: var(--progress-sse-warn, #8a5d00);
  --_muted: var(--progress-sse-muted, color-mix(in srgb, currentColor 72%, transparent));
  --_track: var(--progress-sse-track, color-mix(in srgb, currentColor 14%, transparent));
  --_height: var(--progress-sse-height, .5rem);
  --_radius: var(--progress-sse-radius, calc(var(--_height) / 2));
  --_fill: var(--_accent);
  display: block;
  font: inherit;
  line-height: 1.45;
}

@supports (color: light-dark(#000, #fff)) {
  :host {
    --_accent: var(--progress-sse-accent, light-dark(#4353d6, #8793ff));
    --_good: var(--progress-sse-good, light-dark(#1a7f4b, #55c58b));
    --_bad: var(--progress-sse-bad, light-dark(#c0342b, #ff8077));
    --_warn: var(--progress-sse-warn, light-dark(#8a5d00, #e0b04f));
  }
}

:host([hidden]), [hidden] { display: none !important; }

:host([state=done]) { --_fill: var(--_good); --_tone: var(--_good); }

:host([state=failed]), :host([state=unknown]) {
  --_fill: var(--_bad);
  --_tone: var(--_bad);
}

:host(:is([state=stalled], [state=reconnecting], [state=lost])) {
  --_fill: color-mix(in srgb, var(--_warn) 65%, #f5a300);
  --_tone: var(--_warn);
}

:host([state=cancelled]) { --_fill: var(--_muted); }

.head, .foot { display: flex; flex-wrap: wrap; column-gap: 1em; }

.head { flex-wrap: nowrap; align-items: center; margin-block-end: .35em; min-block-size: 1.75em; font-weight: 600; }

.title { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

.percent, .details { font-variant-numeric: tabular-nums; white-space: nowrap; }

:host([state=done]) .percent { color: var(--_good); }

.bar {
  position: relative;
  block-size: var(--_height);
  overflow: hidden;
  border-radius: var(--_radius);
  background: var(--_track);
}

.bar:focus-visible, button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }

.fill {
  position: absolute;
  inset-block: 0;
  inset-inline-start: 0;
  inline-size: calc(var(--_fraction, 0) * 100%);
  border-radius: inherit;
  background: var(--_fill);
  transition: inline-size .3s linear, background-color .3s;
}

.busy .fill { inline-size: 35%; animation: sweep 1.5s ease-in-out infinite; }

:host(:is([state=waiting], [state=queued], [state=connecting])) .busy .fill {
  inline-size: 100%;
  background: linear-gradient(-45deg, var(--_muted) 25%, transparent 25% 50%, var(--_muted) 50% 75%, transparent 75%) 0 0 / 14px 14px;
  opacity: .45;
  animation: none;
}

:host(:is([state=stalled], [state=reconnecting], [state=lost])) .busy .fill { animation-play-state: paused; }

.foot {
  justify-content: space-between;
  margin-block-start: .35em;
  min-block-size: 1.45em;
  color: var(--_muted);
  font-size: .875em;
}

.status { display: flex; flex: 1 1 11em; align-items: baseline; min-inline-size: 0; white-space: nowrap; }

.text { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }

.separator { white-space: pre; }

.icon, .notice { color: var(--_tone, inherit); }

.notice { font-weight: 600; }

/* A message that stays for a while may take a second line. */
:host(:is([state=done], [state=failed], [state=cancelled], [state=unknown], [state=stalled], [state=reconnecting], [state=lost])) .status {
  display: block;
  overflow-wrap: anywhere;
  white-space: normal;
}

:host(:is([state=done], [state=failed], [state=unknown])) .text { color: var(--_tone); }

.notice:empty, .details > :empty { display: none; }

.details { display: flex; flex-wrap: wrap; column-gap: .9em; min-inline-size: 0; }

.details > * { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; }

.icon {
  inline-size: 1.05em;
  block-size: 1.05em;
  flex: none;
  margin-inline-end: .4em;
  vertical-align: -.15em;
  fill: none;
  stroke: currentColor;
  stroke-width: 2.25;
  stroke-linecap: round;
  stroke-linejoin: round;
}

button {
  margin: 0;
  padding: .2em .8em;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
  border-radius: 8px;
  background: none;
  color: inherit;
  font: inherit;
  font-weight: 400;
  font-size: .875em;
  cursor: pointer;
}

button:hover { border-color: currentColor; }

button[aria-disabled=true] { opacity: .6; cursor: default; }

slot { display: block; }

.announcer { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@keyframes sweep { from { inset-inline-start: -35%; } to { inset-inline-start: 100%; } }

/* Says "busy" without a movement: stripes. */
@media (prefers-reduced-motion: reduce) {
  .fill { transition: none; }
  .busy .fill {
    inline-size: 100%;
    --_pale: color-mix(in srgb, var(--_fill) 55%, transparent);
    background: linear-gradient(-45deg, var(--_fill) 25%, var(--_pale) 25% 50%, var(--_fill) 50% 75%, var(--_pale) 75%) 0 0 / 22px 22px;
    animation: none;
  }
}

/* Backgrounds are not drawn in forced colours; these are. */
@media (forced-colors: active) {
  .bar { border: 1px solid CanvasText; }
  .fill { forced-color-adjust: none; background: Highlight !important; }
  :host(:is([state=waiting], [state=queued], [state=connecting])) .busy .fill {
    background: linear-gradient(-45deg, CanvasText 25%, Canvas 25% 50%, CanvasText 50% 75%, Canvas 75%) 0 0 / 14px 14px !important;
  }
  button { border-color: ButtonText; }
  .icon { stroke: CanvasText; }
}
`;

/** @type {?CSSStyleSheet} */
let sheet = null;

/** One style sheet for all elements of a page. */
export function styleSheet() {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
