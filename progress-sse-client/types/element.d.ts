import { ProgressSseFormElement } from './element/form-element.js';
import { ProgressSseElement } from './element/progress-element.js';
export { defineTexts } from './element/languages.js';
export { ProgressSseElement, ProgressSseFormElement };
