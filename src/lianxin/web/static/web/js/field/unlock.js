/* Preparing, unlocking, what happens after five wrong PINs, and getting drafts back after signing in. */
(function (F) {
  "use strict";
  const busy = (on) => { F.one("[data-busy]").hidden = !on; };

  async function persistent() {
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist().catch(() => false);
  }

  /* Ask for the server's parts and what goes along, then close the keys around them. */
  async function prepare(form) {
    const pin = form.elements.pin.value;
    if (pin !== form.elements.again.value) return F.say(F.word("pin-differs"), "error");
    if (pin.length < 6) return F.say(F.word("pin-short"), "error");
    if (!F.vault.isOpen() && (await F.queue.count())) return F.say(F.word("open-first"), "error");
    busy(true);
    const answer = await F.net.post("devices");
    if (answer.state !== "ok") { busy(false); return F.say(F.word("net-" + answer.state, answer.message), "error"); }
    await persistent();
    await F.vault.prepare(pin, answer.body);
    busy(false);
    form.reset();
    F.say(F.word("prepared"), "ok");
    F.screens.go("home");
  }

  async function unlock(form) {
    const pin = form.elements.pin.value;
    busy(true);
    const left = await F.vault.unlock(pin);
    busy(false);
    form.reset();
    if (F.vault.isOpen()) { F.say(""); F.screens.go("home"); return F.sync(); }
    if (left > 0) { F.say(F.word("pin-wrong", left), "error"); return form.elements.pin.focus(); }
    F.screens.go("wiped");
    return report();
  }

  /* The platform learns of a wiping as soon as there is a network; it then hands out no part for households. */
  async function report() {
    const vault = await F.vault.vault();
    if (!vault || !vault.wiped || vault.told) return;
    const answer = await F.net.post("devices/" + vault.pk + "/wipe", { failures: vault.failures });
    if (answer.state === "ok") await F.vault.told();
  }

  async function rescue() {
    await report();
    const vault = await F.vault.vault();
    const answer = await F.net.post("devices/" + vault.pk + "/rescue");
    if (answer.state !== "ok") return F.say(F.word("net-" + answer.state, answer.message), "error");
    await F.vault.rescue(answer.body.rescue);
    F.say(F.word("rescued"), "ok");
    F.screens.go("records");
    return F.sync();
  }

  /* Signal or not: by the platform's clock the days may be over even where the telephone's says otherwise. */
  async function check() {
    const vault = await F.vault.vault();
    if (!vault) return;
    const answer = await F.net.get("devices/" + vault.pk);
    if (answer.state === "ok") await F.vault.heed(answer.body);
    if (answer.state === "refused" && answer.status === 404) await F.vault.expire();
  }

  const act = (name, run) => {
    const form = F.one('[data-form="' + name + '"]');
    form.addEventListener("submit", (event) => { event.preventDefault(); run(form).catch((error) => { busy(false); F.say(F.word(F.store.isFull(error) ? "full" : "broken"), "error"); }); });
  };
  act("prepare", prepare);
  act("unlock", unlock);
  F.one("[data-rescue]").addEventListener("click", rescue);
  F.check = check;
  F.report = report;
})(window.lianxinField);
