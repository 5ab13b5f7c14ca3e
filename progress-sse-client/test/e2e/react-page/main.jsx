import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ProgressBar, useJobProgress, useSubmit } from 'progress-sse/react';
import { useProcess } from './use-process.js';

const asked = new URLSearchParams(location.search);

function Process() {
  const { status, progress, step, message, data } = useProcess('/api/v1/process/stream?clusters=4');
  return (
    <section id="process">
      <progress max="100" value={progress} />
      <output>{[status, progress, step, message].join(' | ')}</output>
      <p>{data?.summary}</p>
    </section>
  );
}

function Demo() {
  const [seen, setSeen] = useState([]);
  const { submit, job, state, pending, error } = useSubmit(`/api/demo?steps=${asked.get('steps')}&delayMs=50`, {
    onEnd: ({ state: end }) => setSeen((before) => [...before, end]),
  });
  return (
    <section id="demo">
      <button disabled={pending} onClick={() => submit()}>Start</button>
      <ProgressBar job={job} error={error} label="Demo" />
      <output>{state ? `${state.state} ${state.progress}` : '-'}</output>
      <p>{seen.join()}</p>
    </section>
  );
}

function Other({ url }) {
  const { state, result } = useJobProgress(url, { format: 'status' });
  return (
    <section id="other">
      <output>{state}</output>
      <p>{result?.summary}</p>
    </section>
  );
}

function Refused() {
  const { submit, job, error } = useSubmit('/api/demo?steps=none');
  return (
    <section id="refused">
      <button onClick={() => submit()}>Start</button>
      <ProgressBar job={job} error={error} />
      <p>{error?.status}</p>
    </section>
  );
}

function Page() {
  const [url, setUrl] = useState(null);
  const [shown, show] = useState(true);
  Object.assign(window, { setUrl, show });
  return shown && (
    <>
      {asked.has('process') && <Process />}
      <Demo />
      <Other url={url} />
      <Refused />
    </>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
