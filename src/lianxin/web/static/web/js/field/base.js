/* What the other files of 「下乡」 share: finding parts of the page, words, ids, bytes as text, days. */
window.lianxinField = (function () {
  "use strict";
  const F = {};
  const heard = {};
  F.one = (selector, root) => (root || document).querySelector(selector);
  F.all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  /* Words stand in the page, where they are translated; `{}` is replaced by `fill`. */
  F.word = (name, fill) => {
    const part = F.one('[data-word="' + name + '"]');
    const text = part ? part.textContent : name;
    return fill === undefined ? text : text.replace("{}", fill);
  };

  F.make = (tag, text, name) => {
    const part = document.createElement(tag);
    if (text) part.textContent = text;
    if (name) part.className = name;
    return part;
  };

  /* A random UUID, version 4: Chrome 80 has no ready-made one. */
  F.uuid = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = Array.from(b, (one) => one.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  F.bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  F.utf8 = (text) => new TextEncoder().encode(text);
  F.join = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
    parts.reduce((at, one) => { all.set(one, at); return at + one.length; }, 0);
    return all;
  };

  /* The day in China, whatever the telephone's zone is. */
  F.day = (instant) => new Date((instant || Date.now()) + 8 * 3600 * 1000).toISOString().slice(0, 10);
  F.time = (iso) => new Date(new Date(iso).getTime() + 8 * 3600 * 1000).toISOString().slice(5, 16).replace("T", " ");

  F.on = (name, run) => { (heard[name] = heard[name] || []).push(run); };
  F.tell = (name, what) => { (heard[name] || []).forEach((run) => run(what)); };

  /* One line that a screen reader hears too. */
  F.say = (text, tone) => {
    const line = F.one("[data-say]");
    if (!line) return;
    line.textContent = text;
    line.hidden = !text;
    line.className = "note note-" + (tone || "info");
  };
  return F;
})();
