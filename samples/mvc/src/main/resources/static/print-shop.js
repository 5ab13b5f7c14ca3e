const bar = document.querySelector('#bar');
const state = document.querySelector('#state');
let stream;

// Spring Security's XOR-encoded token is for forms; a page that reads the cookie sends it as it is.
const csrf = () => ({'X-XSRF-TOKEN': decodeURIComponent(document.cookie.match(/XSRF-TOKEN=([^;]+)/)?.[1] ?? '')});

async function streamUrl(job, withTicket) {
  if (!withTicket) {
    return `/progress/jobs/${job}/events`;
  }
  const answer = await fetch(`/progress/jobs/${job}/tickets`, {method: 'POST', headers: csrf()});
  return (await answer.json()).url;
}

function show(event) {
  const {progress, phase, message} = JSON.parse(event.data);
  bar.value = progress ?? 0;
  state.textContent = [phase, message].filter(Boolean).join(': ');
}

async function watch(job, withTicket) {
  stream?.close();
  stream = new EventSource(await streamUrl(job, withTicket));
  stream.addEventListener('progress', show);
  stream.addEventListener('done', () => { bar.value = 1; state.textContent = 'printed'; stream.close(); });
  stream.addEventListener('failed', () => { state.textContent = 'failed'; stream.close(); });
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) {
      state.textContent = 'closed by the server';
    }
  };
}

document.querySelector('#order').addEventListener('submit', async (event) => {
  event.preventDefault();
  const order = new FormData(event.target);
  const job = crypto.randomUUID();
  await watch(job, order.get('ticket'));
  const body = new URLSearchParams({title: order.get('title'), pages: order.get('pages')});
  fetch('/books', {method: 'POST', body, headers: {...csrf(), 'X-Job-Id': job}});
});

document.querySelector('#logout').addEventListener('submit', async (event) => {
  event.preventDefault();
  await fetch('/logout', {method: 'POST', headers: csrf()});
  state.dataset.out = 'true';
});
