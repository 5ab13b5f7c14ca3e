import { newJobId, submit, watch } from '/progress/client.js';
import '/progress/element.js';
import { convert, demo, pdf, process, takePdfs, upload } from '/apis.js';
import { onFiles } from '/drop.js';
import { JobCard } from '/job-card.js';
import { cutFor, cutOthers, onCut } from '/line.js';
import { forget, remember, remembered } from '/memory.js';
import { send } from '/send.js';
import { Slots } from '/slots.js';
import { openTab, selectedPanel } from '/tabs.js';

const [convertForm, uploadForm, processForm, pdfForm] = ['convert', 'upload', 'process', 'pdf'].map((id) => document.querySelector(`#${id} form`));
const cut = document.getElementById('cut');

// Browsers open six HTTP/1.1 connections per host: uploads leave room for the streams.
const slots = new Slots(2);

/** Sends work and shows it, from its submission to its end. */
async function start({ name, kind, picture, url, init }) {
  const entry = { name, kind, jobId: newJobId() };
  const card = show(entry);
  card.picture(picture);
  await slots.acquire();
  try {
    await online(card);
    const job = await submit(url, init, {
      jobId: entry.jobId,
      fetch: send((share) => card.say(`Uploading · ${Math.floor(share * 100)} %`)),
      onProgress: (state) => card.hear(state),
    });
    remember(entry);
    card.follow(job);
    // A stream that an API answers with is watched by its job's id instead.
    await job.response?.body?.cancel();
  } catch (error) {
    card.refuse(error);
  } finally {
    slots.release();
  }
}

/** Shows a job that this browser has started before: the server replays what there was. */
function showAgain(entry) {
  const card = show(entry);
  card.follow(watch(entry.jobId, { onProgress: (state) => card.hear(state) }));
}

function show(entry) {
  return new JobCard(entry, () => forget(entry.jobId));
}

/** Waits for the network: what is sent without one fails for good. */
async function online(card) {
  if (!navigator.onLine) {
    card.say('Waiting for the network');
    await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
  }
}

onFiles(convertForm, (files) => files.forEach((file) => start(convert(convertForm, file))));
onFiles(uploadForm, (files) => files.forEach((file) => start(upload(file))));
onFiles(pdfForm, (files) => start(takePdfs(pdfForm, files)));
processForm.addEventListener('submit', () => start(process(processForm)));
pdfForm.addEventListener('submit', () => start(pdf(pdfForm)));
document.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('demo').addEventListener('click', () => start(demo()));

async function cutConnection() {
  if (cut.disabled) {
    return;
  }
  cut.disabled = true;
  await cutFor(5, (seconds) => {
    cut.textContent = `Back in ${seconds} s`;
  });
  cut.textContent = 'Cut my connection';
  cut.disabled = false;
}

cut.addEventListener('click', () => {
  cutOthers();
  void cutConnection();
});
onCut(cutConnection);

remembered().forEach(showAgain);
openTab(sessionStorage.getItem('tab') ?? 'convert');
addEventListener('pagehide', () => sessionStorage.setItem('tab', selectedPanel().id));
