/* Lists: one's households with their ring, what waits and what came home, diaries that may be corrected. */
(function (F) {
  "use strict";
  const TONE = { draft: "", waiting: "warn", done: "ok", conflict: "error", refused: "error" };

  function button(text, label, run) {
    const made = F.make("button", text, "btn btn-tool");
    made.type = "button";
    made.setAttribute("aria-label", text + " " + label);
    made.addEventListener("click", run);
    return made;
  }

  function household(home) {
    const item = F.make("li", "", "card field-home");
    const ring = F.make("span", "", "field-ring" + (home.visited ? " is-visited" : ""));
    ring.setAttribute("aria-hidden", "true");
    const words = F.make("div");
    words.append(F.make("strong", home.name + " · " + home.number));
    const where = [home.place, F.word("group-n", home.group), home.phone].filter(Boolean).join(" · ");
    words.append(F.make("p", where, "muted"));
    words.append(F.make("p", home.visited ? F.word("visited", home.last_on) : F.word("unvisited"), "muted"));
    home.matters.forEach((text) => words.append(F.make("p", F.word("last-time", text))));
    item.append(ring, words, button(F.word("visit"), home.number, () => F.tell("visit", home)));
    return item;
  }

  function acts(row, title) {
    const found = [];
    if (row.state === "conflict") found.push(button(F.word("choose"), title, () => F.tell("conflict", row)));
    if (row.state === "draft" || row.state === "refused" || row.state === "waiting")
      found.push(button(F.word("edit"), title, () => F.tell("edit", row)));
    if (row.state === "done" && !row.left) found.push(button(F.word("drop"), title, () => F.queue.remove(row.id)));
    if (row.state === "draft") found.push(button(F.word("delete"), title, () => F.tell("delete", row)));
    return found;
  }

  async function line(row) {
    const content = await F.queue.open(row);
    const title = row.state === "done" ? content.title : F.titleOf(content);
    const item = F.make("li", "", "card field-row");
    item.dataset.state = row.state;
    const head = F.make("p", "", "field-row-head");
    head.append(F.make("span", (row.state === "done" ? "✓ " : row.message ? "! " : "") + F.word("state-" + row.state), "chip chip-" + TONE[row.state]));
    head.append(F.make("strong", F.word("kind-" + row.kind) + " · " + title));
    item.append(head, F.make("p", F.time(row.made), "muted"));
    if (row.left) item.append(F.make("p", F.word("photos-left", row.left), "muted"));
    if (row.message) item.append(F.make("p", row.message));
    Object.keys(content.fields || {}).forEach((name) => item.append(F.make("p", content.fields[name], "field-error")));
    const foot = F.make("p", "", "inline-form");
    foot.append(...acts(row, title));
    item.append(foot);
    return item;
  }

  function show(box, items, empty) {
    box.textContent = "";
    if (!items.length) box.append(F.make("li", empty, "muted"));
    box.append(...items);
  }

  F.lists = {
    households: () => {
      const along = F.vault.along();
      const rows = along ? along.households.slice().sort((a, b) => Number(a.visited) - Number(b.visited)) : [];
      show(F.one("[data-households]"), rows.map(household), F.word(along ? "no-households" : "no-package"));
    },
    records: async () => {
      const rows = await F.queue.rows();
      const items = [];
      for (const row of rows) items.push(await line(row));
      show(F.one("[data-records]"), items, F.word("no-records"));
    },
    diaries: () => {
      const along = F.vault.along();
      const items = (along ? along.diaries : []).map((one) => {
        const item = F.make("li", "", "card field-row");
        item.append(F.make("strong", one.title), F.make("p", one.on, "muted"), F.make("p", one.text));
        item.append(button(F.word("edit"), one.title, () => F.tell("correct", one)));
        return item;
      });
      show(F.one("[data-diaries]"), items, F.word("no-diaries"));
    },
  };
})(window.lianxinField);
