/* The five forms: offering what was taken along, checking, reading into a record, filling from one. */
(function (F) {
  "use strict";
  const val = (form, name) => (form.elements[name] ? form.elements[name].value.trim() : "");
  const ticked = (form, name) => Boolean(form.elements[name] && form.elements[name].checked);
  const pick = (form, names) => names.reduce((found, name) => Object.assign(found, { [name]: val(form, name) }), {});

  const diary = (form) => pick(form, ["title", "text", "privacy", "tags"]);
  const heard = (form) => pick(form, ["text", "village", "station", "category", "spot", "name", "phone"]);
  const matters = (form) => F.all("[data-matter]", form)
    .map((part) => ({ text: F.one("textarea", part).value.trim(), opinion: F.one("input", part).checked }))
    .filter((one) => one.text);

  /* The quarterly sheet: line → in order or not, and the words of what is not. */
  function sheet(form) {
    const data = { village: val(form, "watched"), answers: {}, problems: {}, note: val(form, "note") };
    F.all("[data-check]", form).forEach((line) => {
      const key = line.dataset.check;
      const said = val(form, "answer_" + key);
      if (said) data.answers[key] = said === "ok";
      if (said === "bad") data.problems[key] = val(form, "words_" + key);
    });
    return data;
  }

  function sheetFill(form, data) {
    form.elements.watched.value = data.village;
    F.all("[data-check]", form).forEach((line) => {
      const key = line.dataset.check;
      const said = data.answers[key];
      form.elements["answer_" + key].value = said === undefined ? "" : said ? "ok" : "bad";
      form.elements["words_" + key].value = data.problems[key] || "";
      F.one("[data-trouble]", line).hidden = said !== false;
    });
  }

  /* Kind → what its form says, in the words of the platform. */
  const read = {
    visit: (form) => Object.assign(pick(form, ["pairing", "way", "text", "place"]), {
      matters: matters(form),
      return_on: val(form, "return_on") || null,
      diary: ticked(form, "also")
        ? { title: val(form, "diary_title"), text: val(form, "diary_text"), privacy: val(form, "privacy") } : null,
    }),
    diary,
    correction: (form) => Object.assign(diary(form), pick(form, ["target", "base"])),
    opinion: heard,
    reception: (form) => Object.assign(heard(form), pick(form, ["day", "outcome", "confirmed", "words"])),
    village_inspection: sheet,
    deed: (form) => Object.assign(pick(form, ["title", "text", "field"]), { people: Number(val(form, "people") || 0) }),
  };

  function wrong(form) {
    const found = F.all("[data-least]", form).filter((part) => {
      const hidden = part.closest("[hidden]");
      return !hidden && part.value.trim().length < Number(part.dataset.least);
    });
    F.all("[data-least]", form).forEach((part) => part.removeAttribute("aria-invalid"));
    found.forEach((part) => part.setAttribute("aria-invalid", "true"));
    return found;
  }

  function offer(select, rows, empty) {
    const before = select.value;
    select.textContent = "";
    if (empty) select.append(new Option(empty, ""));
    rows.forEach((row) => select.append(new Option(row.name, row.code)));
    if (before) select.value = before;
  }

  function matterAdd(form, matter) {
    const box = F.one("[data-matters]", form);
    if (!box || box.children.length >= 5) return;
    const part = F.one("template[data-matter-form]").content.cloneNode(true);
    const n = box.children.length + 1;
    F.one("textarea", part).setAttribute("aria-label", F.word("matter-n", n));
    if (matter) { F.one("textarea", part).value = matter.text; F.one("input", part).checked = matter.opinion; }
    box.append(part);
  }

  const lists = (along) => ({
    way: [along.ways], privacy: [along.privacies], outcome: [along.outcomes], confirmed: [along.confirmed],
    watched: [along.watched || []], station: [along.stations], village: [along.villages, F.word("unsure")],
    category: [along.categories.map((name) => ({ code: name, name })), F.word("unsure")],
    day: [along.days.map((day) => ({ code: day.id, name: day.on + " " + day.station }))],
    field: [fieldsOf(along).map((name) => ({ code: name, name }))],
  });

  function fieldsOf(along) {
    const found = (along.fields.practical_deed || []).find((one) => one.name === "field");
    return found ? found.choices : [];
  }

  F.titleOf = (record) => {
    const data = record.data;
    if (record.kind === "village_inspection") return F.word("kind-village_inspection");
    if (record.kind !== "visit") return data.title || data.text.slice(0, 18);
    const home = F.householdOf(data.pairing);
    return home ? home.number + " " + home.name : data.text.slice(0, 18);
  };
  F.householdOf = (pairing) =>
    (F.vault.along() ? F.vault.along().households.find((one) => one.pairing === pairing) : null);

  F.forms = {
    kindOf: (form) => (form.dataset.form === "diary" && val(form, "target") ? "correction" : form.dataset.form),
    matterAdd,
    wrong,

    offerAll: (form) => {
      const along = F.vault.along();
      if (!along) return;
      const all = lists(along);
      Object.keys(all).forEach((name) => { if (form.elements[name]) offer(form.elements[name], ...all[name]); });
      if (form.elements.privacy && form.dataset.form === "diary" && !form.elements.privacy.value) form.elements.privacy.value = "station";
    },

    /* A fresh record; its id is the key under which the platform takes it in once. */
    record: (form) => {
      const kind = F.forms.kindOf(form);
      return {
        id: form.dataset.record || F.uuid(), kind, on: val(form, "on") || F.day(),
        device_time: new Date().toISOString(), data: read[kind](form),
      };
    },

    clear: (form) => {
      form.reset();
      delete form.dataset.record;
      F.all("input[type=hidden]", form).forEach((part) => { part.value = ""; });
      F.all("[data-matters]", form).forEach((box) => { box.textContent = ""; });
      F.all("[data-if], [data-trouble]", form).forEach((part) => { part.hidden = true; });
      if (form.elements.on) { form.elements.on.value = F.day(); form.elements.on.max = F.day(); }
      if (form.dataset.form === "diary") form.elements.privacy.value = "station";
      matterAdd(form);
    },

    fill: (form, record) => {
      F.forms.clear(form);
      form.dataset.record = record.id;
      const data = Object.assign({ on: record.on }, record.data);
      if (data.diary) Object.assign(data, { diary_title: data.diary.title, diary_text: data.diary.text, privacy: data.diary.privacy });
      Object.keys(data).forEach((name) => {
        if (form.elements[name] && typeof data[name] !== "object") form.elements[name].value = data[name];
      });
      if (form.elements.return_on) form.elements.return_on.value = data.return_on || "";
      if (data.diary) { form.elements.also.checked = true; F.one("[data-if]", form).hidden = false; }
      if (data.answers) sheetFill(form, data);
      if (!data.matters || !data.matters.length) return;
      F.one("[data-matters]", form).textContent = "";
      data.matters.forEach((one) => matterAdd(form, one));
    },
  };
})(window.lianxinField);
