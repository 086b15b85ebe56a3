/* Bringing home: one tab at a time (Web Locks), ten records a batch, photos after their record, again later
   with longer pauses where the network fails. A row leaves the telephone only after the platform said done. */
(function (F) {
  "use strict";
  const BATCH = 10;
  const FIRST = 5000;
  const LONGEST = 300000;
  let pause = FIRST;
  let timer = 0;

  const alone = (work) =>
    navigator.locks
      ? navigator.locks.request("lianxin-field-sync", { ifAvailable: true }, (lock) => (lock ? work() : "busy"))
      : work();

  /* Another person's records are never sent under this session. */
  async function mayGo() {
    const vault = await F.vault.vault();
    const whose = await F.net.whose();
    if (whose.state !== "ok") return whose.state;
    if (whose.body.account !== vault.account) return "other";
    return whose.body.deputy ? "ok" : "denied";
  }

  async function settle(result) {
    const row = await F.queue.get(result.id);
    if (!row || row.state === "done") return;
    const content = await F.queue.open(row);
    if (result.state === "done") return F.queue.settle(row, F.titleOf(content), result.message);
    if (result.state === "conflict") content.theirs = result.theirs;
    content.fields = result.fields || {};
    return F.queue.reseal(row, content, { state: result.state, message: result.message });
  }

  async function sendRecords() {
    const waiting = (await F.queue.rows()).filter((row) => row.state === "waiting").reverse();
    for (let at = 0; at < waiting.length; at += BATCH) {
      const records = [];
      for (const row of waiting.slice(at, at + BATCH)) {
        const content = await F.queue.open(row);
        records.push({ id: row.id, kind: row.kind, on: content.on, device_time: content.device_time, data: content.data });
      }
      const answer = await F.net.post("sync", { sent_at: new Date().toISOString(), records });
      if (answer.state !== "ok") return answer.state;
      for (const result of answer.body.results) await settle(result);
    }
    return "ok";
  }

  async function sendPhotos() {
    for (const row of (await F.queue.rows()).filter((one) => one.state === "done" && one.left > 0)) {
      for (const photo of await F.queue.photosOf(row.id)) {
        const form = new FormData();
        form.append("id", photo.id);
        form.append("record", row.id);
        form.append("photo", await F.queue.photo(photo), "photo.jpg");
        const answer = await F.net.post("photos", form);
        if (answer.state === "refused") row.message = F.word("photo-refused", answer.message);
        else if (answer.state !== "ok") return answer.state;
        await F.queue.dropPhoto(photo.id);
        await F.queue.mark(row, { left: (await F.queue.photosOf(row.id)).length });
      }
    }
    return "ok";
  }

  async function work() {
    const allowed = await mayGo();
    if (allowed !== "ok") return allowed;
    const sent = await sendRecords();
    return sent === "ok" ? sendPhotos() : sent;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(F.sync, pause);
    pause = Math.min(LONGEST, pause * 2);
  }

  F.sync = async () => {
    if (!F.vault.isOpen()) return "nothing";
    if (!(await F.queue.count())) { F.tell("changed"); return "nothing"; } /* another tab may have sent it */
    F.tell("syncing", true);
    const end = await alone(work);
    F.tell("syncing", false);
    if (end === "offline" || end === "busy") later();
    else pause = FIRST;
    F.tell("synced", end);
    return end;
  };
  window.addEventListener("online", () => { pause = FIRST; F.sync(); });
})(window.lianxinField);
