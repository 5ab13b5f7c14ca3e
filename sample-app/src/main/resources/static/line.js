/**
 * A connection that can be cut: streams are closed and requests fail for a while, as with a cable that is pulled. The
 * client knows nothing of it, and does what it would do then.
 */

const PlatformSource = globalThis.EventSource;
const platformFetch = globalThis.fetch;
const open = new Set();
let cut = false;

class CuttableSource extends PlatformSource {

  constructor(url, init) {
    super(url, init);
    open.add(this);
    if (cut) {
      queueMicrotask(() => this.cut());
    }
  }

  close() {
    super.close();
    open.delete(this);
  }

  cut() {
    this.close();
    this.dispatchEvent(new Event('error'));
  }
}

globalThis.EventSource = CuttableSource;
globalThis.fetch = (...request) => (cut ? Promise.reject(new TypeError('The connection is cut')) : platformFetch(...request));

/**
 * @param {number} seconds
 * @param {function(number)} onTick hears how many are left
 */
export async function cutFor(seconds, onTick) {
  cut = true;
  [...open].forEach((source) => source.cut());
  for (let left = seconds; left > 0; left--) {
    onTick(left);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  cut = false;
  dispatchEvent(new Event('online'));
}
