const ENDS = ['done', 'failed', 'cancelled'];

/**
 * Follows a job's event stream to its end. When the connection breaks, the browser connects again by itself and
 * says where it was, so that nothing is missed or seen twice: all that is left to do here is to show it.
 *
 * @param {string} url of the event stream
 * @param {{update: function(object), connection: function('live'|'reconnecting'|'lost')}} viewer
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<void>} fulfilled when there is nothing more to come
 */
export function watch(url, viewer, signal) {
  return new Promise((resolve) => {
    const stream = new EventSource(url);
    const end = () => {
      stream.close();
      resolve();
    };
    const lose = () => {
      viewer.connection('lost');
      end();
    };
    for (const name of ['progress', ...ENDS]) {
      stream.addEventListener(name, (event) => {
        viewer.update(JSON.parse(event.data));
        if (ENDS.includes(name)) {
          end();
        }
      });
    }
    stream.addEventListener('unknown', lose);
    stream.onopen = () => viewer.connection('live');
    stream.onerror = () => (stream.readyState === EventSource.CLOSED ? lose() : viewer.connection('reconnecting'));
    signal.addEventListener('abort', end);
  });
}
