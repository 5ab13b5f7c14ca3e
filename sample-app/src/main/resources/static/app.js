import { JobCard } from '/job-card.js';
import { forget, remember, remembered } from '/memory.js';
import { Slots } from '/slots.js';
import { submit } from '/submit.js';
import { watch } from '/watch.js';

const form = document.getElementById('convert');
const drop = document.getElementById('drop');
const files = document.getElementById('files');

// Browsers open six HTTP/1.1 connections per host. Each stream holds one; two are left for uploads and downloads.
const slots = new Slots(4);

/** Shows a job, from its submission to its end. */
async function show(name, start) {
  const closed = new AbortController();
  let job = null;
  const card = new JobCard(name, async (running) => {
    if (running && await cancel(job)) {
      return;
    }
    card.remove();
    forget(job);
    closed.abort();
  });
  await slots.acquire();
  try {
    if (!closed.signal.aborted) {
      await online(card);
      job = await start(card);
      remember(name, job);
      await watch(`${job}/events`, card, closed.signal);
    }
  } catch (error) {
    card.fail(error.message);
  } finally {
    slots.release();
  }
}

/** Waits for the network: what is sent without one fails for good. */
async function online(card) {
  if (!navigator.onLine) {
    card.say('waiting for the network');
    await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
  }
}

/** Asks for a job to stop; its stream says when it has. */
async function cancel(job) {
  try {
    const answer = await fetch(job, { method: 'DELETE' });
    return answer.ok;
  } catch {
    return false;
  }
}

function convert(picture) {
  const body = new FormData(form);
  body.set('file', picture);
  show(picture.name, (card) => {
    card.picture(picture);
    return submit('/api/v1/convert', body, (share) => card.say(`uploading · ${Math.floor(share * 100)} %`));
  });
}

files.addEventListener('change', () => {
  [...files.files].forEach(convert);
  files.value = '';
});

for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', type === 'dragenter' || type === 'dragover');
  });
}

document.addEventListener('drop', (event) => [...event.dataTransfer.files].forEach(convert));

form.addEventListener('submit', (event) => event.preventDefault());

document.getElementById('demo').addEventListener('click', () => {
  show('Demo job', () => submit('/api/demo?steps=100&delayMs=100'));
});

remembered().forEach(({ name, job }) => show(name, () => job));
