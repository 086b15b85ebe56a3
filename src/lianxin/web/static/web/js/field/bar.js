/* On every page of a deputy: how many records wait (待同步), and signing out leaves nothing on the telephone. */
(function () {
  "use strict";
  const NAME = "lianxin-field";

  function open() {
    return new Promise((done) => {
      const asked = indexedDB.open(NAME);
      asked.onupgradeneeded = () => { asked.transaction.abort(); }; /* nothing was ever prepared here */
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    });
  }

  function all(base, box) {
    return new Promise((done) => {
      const asked = base.transaction(box, "readonly").objectStore(box).getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done([]);
    });
  }

  async function waiting() {
    const base = await open();
    if (!base) return 0;
    const rows = await all(base, "records");
    base.close();
    return rows.filter((row) => (row.state !== "done" && row.state !== "draft") || row.left > 0).length;
  }

  async function show() {
    const count = await waiting();
    document.querySelectorAll("[data-sync-badge]").forEach((part) => {
      part.hidden = !count;
      part.querySelector("[data-sync-count]").textContent = count;
    });
  }

  async function leave(form) {
    const base = await open();
    const vault = base && await new Promise((done) => {
      const asked = base.transaction("meta", "readonly").objectStore("meta").get("vault");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    });
    if (base) base.close();
    if (vault) {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
      await fetch("/deputy/field/devices/" + vault.pk + "/forget", { method: "POST", headers, body: "{}" }).catch(() => null);
    }
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = asked.onerror = asked.onblocked = () => done();
    });
    if (window.caches) for (const name of await caches.keys()) await caches.delete(name);
    form.submit();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/logout" || !window.indexedDB) return;
    event.preventDefault();
    const count = await waiting();
    const words = document.querySelector("[data-leave-words]");
    if (count && words && !window.confirm(words.dataset.leaveWords.replace("{}", count))) {
      window.location.assign("/deputy/field#records");
      return;
    }
    leave(form);
  });

  if (window.indexedDB) {
    show();
    if (window.lianxinField) window.lianxinField.on("changed", show);
  }
})();
