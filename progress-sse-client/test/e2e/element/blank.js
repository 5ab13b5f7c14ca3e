import { fakeWatch } from './fake-watch.js';

/** Shows an element whose job stands where a test puts it, with `job.tell(…)`. */
window.show = (members, attributes = {}, cancellable = false) => {
  window.job = fakeWatch(members, cancellable);
  window.element = document.createElement('progress-sse');
  Object.entries(attributes).forEach(([name, value]) => window.element.setAttribute(name, value));
  window.element.watch = window.job;
  document.getElementById('place').replaceChildren(window.element);
};
