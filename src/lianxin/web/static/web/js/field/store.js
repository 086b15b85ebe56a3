/* IndexedDB in forty lines: three boxes. `meta` holds keys and sealed things, the others sealed rows. */
(function (F) {
  "use strict";
  const NAME = "lianxin-field";
  let opened = null;

  function open() {
    if (opened) return opened;
    opened = new Promise((done, fail) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("meta");
        asked.result.createObjectStore("records", { keyPath: "id" });
        asked.result.createObjectStore("photos", { keyPath: "id" });
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        done(asked.result);
      };
      asked.onerror = () => { opened = null; fail(asked.error); };
    });
    return opened;
  }

  async function run(box, mode, ask) {
    const base = await open();
    return new Promise((done, fail) => {
      const act = base.transaction(box, mode);
      const asked = ask(act.objectStore(box));
      act.oncomplete = () => done(asked.result);
      act.onabort = () => fail(act.error || asked.error);
    });
  }

  F.store = {
    get: (box, key) => run(box, "readonly", (part) => part.get(key)),
    all: (box) => run(box, "readonly", (part) => part.getAll()),
    put: (box, row, key) => run(box, "readwrite", (part) => (key ? part.put(row, key) : part.put(row))),
    drop: (box, key) => run(box, "readwrite", (part) => part.delete(key)),
    /* Delete everything; the other tabs let go of it first. */
    destroy: async () => {
      if (opened) { (await opened).close(); opened = null; }
      return new Promise((done) => {
        const asked = indexedDB.deleteDatabase(NAME);
        asked.onsuccess = asked.onerror = asked.onblocked = () => done();
      });
    },
    isFull: (error) => Boolean(error) && error.name === "QuotaExceededError",
  };
})(window.lianxinField);
