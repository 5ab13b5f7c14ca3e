/** What each API wants to be sent. */

/** What is done to a single PDF. */
const WORKS = { 'extract-text': 'its text', compress: 'smaller', 'to-image': 'as pictures' };

const JSON_HEADERS = { 'Content-Type': 'application/json' };

export function convert(form, picture) {
  const body = new FormData(form);
  body.set('file', picture);
  return { name: picture.name, kind: 'convert', picture, url: '/api/v1/convert', init: { method: 'POST', body } };
}

export function upload(file) {
  return { name: file.name, kind: 'upload', url: '/api/jobs', init: { method: 'POST', body: files([file]) } };
}

/** The stream that starts its job: the client watches the job under the id that it sends along. */
export function process(form) {
  const query = new URLSearchParams(new FormData(form));
  const { text } = form.elements.site.selectedOptions[0];
  return { name: `Summary from ${text}`, kind: 'process', url: `/api/v1/process/stream?${query}`, init: { method: 'GET', headers: { Accept: 'text/event-stream' } } };
}

export function pdf(form) {
  const { html, watermark, page_numbers: pageNumbers } = form.elements;
  const options = { page_numbers: pageNumbers.checked, ...(watermark.value && { watermark: watermark.value }) };
  const [, title] = /<h1[^>]*>([^<]+)/i.exec(html.value) ?? [, 'Document'];
  return {
    name: `${title}.pdf`, kind: 'pdf', url: '/api/pdf/generate-from-html',
    init: { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify({ html: html.value, options }) },
  };
}

export function takePdfs(form, documents) {
  const single = documents.length === 1;
  const work = single ? form.elements.single.value : 'merge';
  return {
    name: single ? `${documents[0].name}, ${WORKS[work]}` : `${documents.length} PDFs, merged`, kind: 'pdf',
    url: `/api/pdf/${work}`, init: { method: 'POST', body: files(documents) },
  };
}

export function demo() {
  return { name: 'Demo job', kind: 'demo', url: '/api/demo?steps=100&delayMs=100', init: { method: 'POST' } };
}

function files(all) {
  const body = new FormData();
  all.forEach((file) => body.append('file', file));
  return body;
}
