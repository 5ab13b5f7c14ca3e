// <progress-sse> and <progress-sse-form>, for pages of any making:
// <script type="module" src="/progress/element.js"></script>
// <progress-sse job="…"></progress-sse>

import { ProgressSseFormElement } from './element/form-element.js';
import { ProgressSseElement } from './element/progress-element.js';

export { defineTexts } from './element/languages.js';
export { ProgressSseElement, ProgressSseFormElement };

if (globalThis.customElements && !customElements.get('progress-sse')) {
  customElements.define('progress-sse', ProgressSseElement);
  customElements.define('progress-sse-form', ProgressSseFormElement);
}
