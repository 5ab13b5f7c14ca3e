import { useEffect, useState } from 'react';

/** As the users of a process-on-connect API write it: nothing of ours in it. */
export function useProcess(url) {
  const [state, setState] = useState({ status: 'idle', progress: 0, message: '', step: '', data: null });

  useEffect(() => {
    const source = new EventSource(url);
    source.onmessage = (event) => {
      const next = JSON.parse(event.data);
      setState((before) => ({ ...before, ...next }));
      if (next.status === 'completed' || next.status === 'error') source.close();
    };
    return () => source.close();
  }, [url]);

  return state;
}
