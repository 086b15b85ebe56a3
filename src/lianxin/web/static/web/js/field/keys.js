/* Keys. PIN → PBKDF2-SHA256, 600,000 rounds; mixed by a device key that no script can read (HMAC) with the
   part that the server handed out. What is sealed is AES-256-GCM with a fresh nonce each time. */
(function (F) {
  "use strict";
  const ROUNDS = 600000;
  const subtle = window.crypto && crypto.subtle;
  const GCM = "AES-GCM";

  async function mixed(device, ...parts) {
    const made = await subtle.sign("HMAC", device, F.join(...parts));
    return subtle.importKey("raw", made, GCM, false, ["encrypt", "decrypt"]);
  }

  F.keys = {
    works: Boolean(subtle && window.indexedDB),

    random: (size) => crypto.getRandomValues(new Uint8Array(size)),

    device: () => subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),

    /* Slow on purpose: each guess of a PIN costs as much. */
    stretch: async (pin, salt) => {
      const typed = await subtle.importKey("raw", F.utf8(pin), "PBKDF2", false, ["deriveBits"]);
      const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
      return new Uint8Array(await subtle.deriveBits(how, typed, 256));
    },

    byPin: (device, stretched, carry) => mixed(device, F.utf8("pin"), stretched, F.bytes(carry)),
    byRescue: (device, rescue) => mixed(device, F.utf8("rescue"), F.bytes(rescue)),
    byDevice: (device) => mixed(device, F.utf8("carry")),
    plain: (bytes) => subtle.importKey("raw", bytes, GCM, false, ["encrypt", "decrypt"]),

    sealBytes: async (key, bytes) => {
      const iv = F.keys.random(12);
      return { iv, data: await subtle.encrypt({ name: GCM, iv }, key, bytes) };
    },
    openBytes: async (key, sealed) =>
      new Uint8Array(await subtle.decrypt({ name: GCM, iv: sealed.iv }, key, sealed.data)),

    seal: (key, what) => F.keys.sealBytes(key, F.utf8(JSON.stringify(what))),
    open: async (key, sealed) => JSON.parse(new TextDecoder().decode(await F.keys.openBytes(key, sealed))),
  };
})(window.lianxinField);
