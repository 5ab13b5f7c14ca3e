import { selectedPanel } from '/tabs.js';

/** Calls back with the files that a visitor chooses in a form, or drops anywhere while it is shown. */
export function onFiles(form, take) {
  const input = form.querySelector('[type=file]');
  input.addEventListener('change', () => {
    take([...input.files]);
    input.value = '';
  });
  document.addEventListener('drop', (event) => {
    if (selectedPanel().contains(form) && event.dataTransfer.files.length > 0) {
      take([...event.dataTransfer.files]);
    }
  });
}

for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    selectedPanel().querySelector('.drop')?.classList.toggle('over', type === 'dragenter' || type === 'dragover');
  });
}
