/* 「保留哪一份」: what stands on the telephone and what the platform holds, side by side; a person chooses. */
(function (F) {
  "use strict";
  let row = null;
  let content = null;

  function lines(box, rows) {
    box.textContent = "";
    rows.filter(Boolean).forEach((text) => box.append(F.make("p", text)));
  }

  F.on("conflict", async (chosen) => {
    row = chosen;
    content = await F.queue.open(row);
    const mine = content.data;
    const theirs = content.theirs || {};
    lines(F.one("[data-mine]"), [mine.title, mine.text]);
    lines(F.one("[data-theirs]"), [theirs.title, theirs.text || F.word("no-text")]);
    F.one("[data-keep=mine]").hidden = !theirs.version;
    F.screens.go("conflict");
  });

  /* Mine: a new sending that names the version it stands on. The old record ends when the new one is kept. */
  async function mine() {
    const data = { title: content.data.title, text: content.data.text, privacy: content.data.privacy, tags: content.data.tags || "" };
    Object.assign(data, { target: content.theirs.target, base: content.theirs.version });
    await again("correction", data, content.theirs.on);
  }

  /* Both: what stands on the telephone becomes a diary of its own. */
  async function both() {
    const said = content.data;
    const more = (said.matters || []).map((one) => one.text);
    const data = {
      title: (said.title || F.titleOf(content)).slice(0, 70) + F.word("second-copy"),
      text: [said.text].concat(more).join("\n"), privacy: said.privacy || "self", tags: said.tags || "",
    };
    await again("diary", data, content.on);
  }

  async function again(kind, data, on) {
    const record = { id: F.uuid(), kind, on, device_time: content.device_time, data };
    const photos = [];
    for (const one of await F.queue.photosOf(row.id)) photos.push(await F.queue.photo(one));
    const lost = await F.queue.save(record, photos, "waiting");
    if (!lost) await F.queue.remove(row.id);
    F.screens.go("records");
    F.sync();
  }

  async function theirs() {
    await F.queue.settle(row, F.titleOf(content), F.word("kept-theirs"));
    F.screens.go("records");
    F.sync();
  }

  const ways = { mine, theirs, both };
  F.all("[data-keep]").forEach((part) => part.addEventListener("click", () => ways[part.dataset.keep]()));
})(window.lianxinField);
