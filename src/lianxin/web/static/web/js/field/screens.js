/* One page, several screens: which is shown, saving a form, the worker that keeps the page on the telephone. */
(function (F) {
  "use strict";
  const LOCKED = { none: "prepare", locked: "unlock", wiped: "wiped" };
  const FREE = ["prepare", "wiped"];

  async function show() {
    const state = await F.vault.state();
    let name = location.hash.slice(1) || "home";
    if (state !== "open" && !(FREE.includes(name) && (name !== "wiped" || state === "wiped"))) name = LOCKED[state];
    if (!F.one('[data-screen="' + name + '"]')) name = "home";
    F.all("[data-screen]").forEach((part) => { part.hidden = part.dataset.screen !== name; });
    await filled(name);
    const head = F.one('[data-screen="' + name + '"] h1');
    if (head && document.activeElement === document.body) head.focus();
    document.body.dataset.shown = name;
  }

  async function filled(name) {
    F.one("[data-ready]").hidden = !(await F.vault.hasPackage());
    const vault = await F.vault.vault();
    if (vault) F.all("[data-until]").forEach((part) => { part.textContent = F.word("until", F.day(vault.expires)); });
    if (name === "home") F.one("[data-expired]").hidden = await F.vault.hasPackage();
    if (name === "households") F.lists.households();
    if (name === "records") await F.lists.records();
    if (name === "diaries") F.lists.diaries();
    const form = F.one('form[data-form="' + name + '"]');
    if (form && form.hasAttribute("data-record-form") && F.vault.isOpen() && !form.dataset.begun) fresh(form);
  }

  function fresh(form) {
    F.forms.offerAll(form);
    F.forms.clear(form);
    form.dataset.begun = "1";
  }

  F.screens = {
    go: (name) => {
      if (location.hash === "#" + name) return show();
      location.hash = name;
      return window.scrollTo(0, 0);
    },
    show,
  };

  /* What nobody may miss stays in front of what the sending says afterwards. */
  let kept = "";

  /* Keep the words even where the telephone is full; say what did not fit. */
  async function save(form, state) {
    const bad = state === "draft" ? [] : F.forms.wrong(form);
    if (bad.length) {
      F.say(F.word("not-yet", bad.map((part) => part.dataset.name).join("、")), "error");
      return bad[0].focus();
    }
    const record = F.forms.record(form);
    const most = form.dataset.photos ? Number(form.dataset.photos) : 6;
    const { small, dropped } = await F.photosOf(form.elements.photos, most);
    let lost = 0;
    try {
      lost = await F.queue.save(record, small, state);
    } catch (error) {
      return F.say(F.word(F.store.isFull(error) ? "full" : "broken"), "error");
    }
    delete form.dataset.begun;
    F.forms.clear(form);
    kept = (lost ? F.word("photos-lost", lost) : "") + (dropped ? F.word("photos-dropped", dropped) : "");
    F.say(F.word("saved") + kept, lost ? "warn" : "ok");
    F.screens.go("records");
    return F.sync();
  }

  F.all("form[data-record-form]").forEach((form) => {
    form.addEventListener("submit", (event) => { event.preventDefault(); save(form, "waiting"); });
    F.one("[data-draft]", form).addEventListener("click", () => save(form, "draft"));
    F.all("[data-matter-add]", form).forEach((part) => part.addEventListener("click", () => F.forms.matterAdd(form)));
  });

  function begin(kind, set) {
    const form = F.one('form[data-form="' + kind + '"]');
    fresh(form);
    Object.keys(set).forEach((name) => { form.elements[name].value = set[name]; });
    F.screens.go(kind);
    return form;
  }
  F.all("[data-new]").forEach((part) => part.addEventListener("click", () => begin(part.dataset.new, {})));
  F.on("visit", (home) => {
    const form = begin("visit", { pairing: home.pairing });
    F.one("[data-who]").textContent = home.name + " · " + home.number;
  });
  F.on("correct", (one) => begin("diary", { target: one.target, base: one.version, title: one.title, text: one.text, privacy: one.privacy, tags: one.tags }));
  F.on("edit", async (row) => {
    const record = await F.queue.open(row);
    const kind = row.kind === "correction" ? "diary" : row.kind;
    const form = begin(kind, {});
    F.forms.fill(form, record);
    if (kind === "visit") F.one("[data-who]").textContent = F.titleOf(record);
  });
  F.on("delete", async (row) => { if (window.confirm(F.word("delete-sure"))) await F.queue.remove(row.id); });

  F.all("[data-check] select").forEach((part) => part.addEventListener("change", () => {
    F.one("[data-trouble]", part.closest("[data-check]")).hidden = part.value !== "bad";
  }));

  F.all("[name=also]").forEach((part) => part.addEventListener("change", () => {
    const form = part.form;
    F.one("[data-if]", form).hidden = !part.checked;
    if (part.checked && !form.elements.diary_text.value) form.elements.diary_text.value = form.elements.text.value;
  }));

  /* Where: asked for each time, and only so coarse that no house can be told (two decimals, about 1 km). */
  F.all("[data-place]").forEach((part) => part.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (at) => { part.form.elements.place.value = at.coords.latitude.toFixed(2) + ", " + at.coords.longitude.toFixed(2); },
      () => F.say(F.word("no-place"), "warn"), { timeout: 8000 });
  }));

  F.one("[data-sync]").addEventListener("click", async () => { kept = ""; F.say(F.word("end-" + (await F.sync())), "info"); });
  F.on("synced", (end) => { if (end !== "nothing") F.say(kept + F.word("end-" + end), end === "ok" && !kept ? "ok" : "warn"); });
  F.on("changed", () => { if (document.body.dataset.shown === "records") F.lists.records(); });
  window.addEventListener("hashchange", show);
  window.addEventListener("online", () => F.report());

  async function start() {
    if (!F.keys.works || !navigator.serviceWorker) return F.say(F.word("not-here"), "error");
    navigator.serviceWorker.register("/sw.js");
    await show();
    F.report();
    await F.check();
    return show();
  }
  start();
})(window.lianxinField);
