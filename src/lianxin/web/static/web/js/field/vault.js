/* The vault: what is prepared on this telephone, opened by the PIN, wiped after five wrong ones.

   meta.vault = { device (key, not readable), account, pk, salt, carry (sealed by the device key), byPin and
   byRescue (the key of records, sealed twice), expires, seen, failures, wiped, told }
   meta.package = what goes along, sealed by the key of the PIN. */
(function (F) {
  "use strict";
  const MOST = 5;
  const { get, put, drop } = F.store;
  let rows = null; /* the key of records, while the vault is open */
  let raw = null; /* its bytes, needed to seal it anew when the telephone is prepared again */
  let along = null; /* the opened package */

  const load = () => get("meta", "vault");
  const keep = (vault) => put("meta", vault, "vault");

  function isOver(vault) {
    return Math.max(Date.now(), vault.seen || 0) > vault.expires;
  }

  async function expire(vault) {
    await drop("meta", "package");
    along = null;
    return vault;
  }

  async function take(bytes) {
    raw = bytes;
    rows = await F.keys.plain(bytes);
  }

  const V = {
    MOST,
    isOpen: () => Boolean(rows),
    key: () => rows,
    along: () => along,
    vault: load,

    /* none · locked · wiped · open; households past their days are thrown away here, signal or not. */
    state: async () => {
      const vault = await load();
      if (!vault) return "none";
      if (isOver(vault)) await expire(vault);
      else await keep(Object.assign(vault, { seen: Math.max(vault.seen || 0, Date.now()) }));
      if (rows) return "open";
      return vault.wiped ? "wiped" : "locked";
    },

    hasPackage: async () => Boolean(await get("meta", "package")),

    /* Close new keys around what the server sent; drafts that are open stay openable. */
    prepare: async (pin, sent) => {
      const device = await F.keys.device();
      const salt = F.keys.random(16);
      const pinKey = await F.keys.byPin(device, await F.keys.stretch(pin, salt), sent.carry);
      const bytes = raw || F.keys.random(32);
      const vault = {
        device, salt, account: sent.account, pk: sent.device, failures: 0, wiped: false,
        expires: Date.parse(sent.expires_at), seen: Date.parse(sent.now),
        carry: await F.keys.seal(await F.keys.byDevice(device), sent.carry),
        byPin: await F.keys.sealBytes(pinKey, bytes),
        byRescue: await F.keys.sealBytes(await F.keys.byRescue(device, sent.rescue), bytes),
      };
      await put("meta", await F.keys.seal(pinKey, sent.package), "package");
      await keep(vault);
      await take(bytes);
      along = sent.package;
    },

    /* Returns how many tries are left: the try is counted before the PIN is tested. */
    unlock: async (pin) => {
      const vault = await load();
      vault.failures += 1;
      await keep(vault);
      try {
        const carry = await F.keys.open(await F.keys.byDevice(vault.device), vault.carry);
        const key = await F.keys.byPin(vault.device, await F.keys.stretch(pin, vault.salt), carry);
        await take(await F.keys.openBytes(key, vault.byPin));
        const sealed = await get("meta", "package");
        along = sealed ? await F.keys.open(key, sealed) : null;
      } catch (wrong) {
        if (vault.failures >= MOST) await V.wipe(vault);
        return MOST - vault.failures;
      }
      await keep(Object.assign(vault, { failures: 0 }));
      return MOST;
    },

    /* Households and everything that the PIN opens go; drafts stay sealed under the server's other part. */
    wipe: async (vault) => {
      await drop("meta", "package");
      Object.assign(vault, { wiped: true, told: false, carry: null, byPin: null, salt: null });
      await keep(vault);
      rows = raw = along = null;
    },

    rescue: async (part) => {
      const vault = await load();
      await take(await F.keys.openBytes(await F.keys.byRescue(vault.device, part), vault.byRescue));
    },

    told: async () => keep(Object.assign(await load(), { told: true })),

    /* What the server says of this telephone counts more than its own clock. */
    heed: async (about) => {
      const vault = await load();
      if (!vault) return;
      vault.seen = Math.max(vault.seen || 0, Date.parse(about.now));
      await keep(vault);
      if (about.over) await expire(vault);
    },

    expire: async () => { const vault = await load(); if (vault) await expire(vault); },
    close: () => { rows = raw = along = null; },
  };
  F.vault = V;
})(window.lianxinField);
