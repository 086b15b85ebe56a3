/* Records on the telephone. A row says only id, kind, state and time; everything else is sealed.
   States: draft 草稿 · waiting 待同步 · done 已同步 · conflict 有冲突 · refused 没收下. */
(function (F) {
  "use strict";
  const { get, put, drop, all } = F.store;

  async function sealed(row, content) {
    return Object.assign(row, { sealed: await F.keys.seal(F.vault.key(), content) });
  }

  const Q = {
    isUnsent: (row) => row.state !== "done" && row.state !== "draft",

    /* Text first: where the telephone is full, the words are kept before the photos. */
    save: async (record, photos, state) => {
      const row = { id: record.id, kind: record.kind, state, made: record.device_time, tries: 0, left: 0 };
      await put("records", await sealed(row, record));
      let lost = 0;
      for (const photo of photos) {
        try {
          const data = await F.keys.sealBytes(F.vault.key(), new Uint8Array(await photo.arrayBuffer()));
          await put("photos", { id: F.uuid(), record: record.id, sealed: data });
        } catch (error) {
          if (!F.store.isFull(error)) throw error;
          lost += 1;
        }
      }
      F.tell("changed");
      return lost;
    },

    open: async (row) => F.keys.open(F.vault.key(), row.sealed),
    get: (id) => get("records", id),
    mark: async (row, changes) => { await put("records", Object.assign(row, changes)); F.tell("changed"); },
    reseal: async (row, content, changes) => Q.mark(await sealed(row, content), changes),

    rows: async () => (await all("records")).sort((a, b) => (a.made < b.made ? 1 : -1)),
    photosOf: async (id) => (await all("photos")).filter((one) => one.record === id),
    photo: async (row) => new Blob([await F.keys.openBytes(F.vault.key(), row.sealed)], { type: "image/jpeg" }),
    dropPhoto: (id) => drop("photos", id),

    /* Once it is home the words leave the telephone; what stays is a line of the list of results. */
    settle: async (row, title, message) => {
      const left = (await Q.photosOf(row.id)).length;
      await sealed(row, { title });
      await Q.mark(row, { state: "done", message: message || "", left });
    },

    remove: async (id) => {
      for (const photo of await Q.photosOf(id)) await drop("photos", photo.id);
      await drop("records", id);
      F.tell("changed");
    },

    count: async () => (await all("records")).filter((row) => Q.isUnsent(row) || row.left > 0).length,
  };
  F.queue = Q;
})(window.lianxinField);
