/** A watch whose job stands where a test puts it. */
export function fakeWatch(members, cancellable = false) {
  const listeners = new Set();
  let snapshot = complete(members);
  return {
    jobId: 'fake',
    closed: 0,
    cancelled: 0,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cancellable: async () => cancellable,
    async cancel() {
      this.cancelled++;
      return cancellable;
    },
    close() {
      this.closed++;
    },
    get listeners() {
      return listeners.size;
    },
    tell(changes) {
      snapshot = complete({ ...snapshot, ...changes });
      listeners.forEach((listener) => listener());
    },
  };
}

function complete(members) {
  return Object.freeze({ jobId: 'fake', state: 'running', ended: false, phases: [], notes: [], connection: 'open', problem: null, ...members });
}
