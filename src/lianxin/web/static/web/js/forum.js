/* A forum's pages: the recorder's row with its queue, one or two typed characters, fresh counts and lists. */
(function () {
  "use strict";

  function each(selector, root, act) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }
  function key() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (one) { return (one + 256).toString(16).slice(1); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /* ── What stays fresh ─────────────────────────────────────────────────────────────────────────── */
  function counts(told) {
    each("[data-count]", document, function (box) {
      var now = told[box.getAttribute("data-count")];
      if (now !== undefined && box.textContent !== String(now)) box.textContent = now;
    });
  }
  function busy(area) {
    var field = area.contains(document.activeElement) && document.activeElement.matches("textarea, input");
    var typed = Array.prototype.some.call(area.querySelectorAll("textarea, input[type=text], input:not([type])"), function (one) {
      return one.value !== one.defaultValue;
    });
    return field || typed;
  }
  function freshen(area) {
    fetch(area.getAttribute("data-part"), { credentials: "same-origin", headers: { "X-Renews": "1" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : null;
    }).then(function (html) {
      if (html !== null) area.innerHTML = html;
    }).catch(function () { /* asked again with the next change */ });
  }
  function changed(area, told) {
    counts(told);
    if (String(told.version) === area.getAttribute("data-version")) return;
    area.setAttribute("data-version", told.version);
    if (!busy(area)) { freshen(area); return; }
    var note = area.previousElementSibling;
    if (note && note.matches("[data-fresh]")) return;
    note = document.createElement("button");
    note.type = "button";
    note.className = "btn btn-soft btn-primary btn-block";
    note.setAttribute("data-fresh", "");
    note.textContent = area.getAttribute("data-more");
    note.addEventListener("click", function () { note.remove(); freshen(area); });
    area.parentNode.insertBefore(note, area);
  }
  function ask(area) {
    return fetch(area.getAttribute("data-live"), { credentials: "same-origin", headers: { "X-Renews": "1" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.json() : null;
    }).then(function (told) { if (told) changed(area, told); }).catch(function () { /* no network: ask later */ });
  }
  function poll(area, pause) {
    setTimeout(function () {
      (document.hidden ? Promise.resolve() : ask(area)).then(function () { poll(area, pause); });
    }, pause);
  }
  function listen(area) {
    var stream = new EventSource(area.getAttribute("data-stream")), failures = 0;
    stream.onmessage = function (event) { failures = 0; changed(area, JSON.parse(event.data)); };
    function instead() { stream.close(); poll(area, 1000); }
    stream.addEventListener("full", instead);
    stream.onerror = function () {
      failures += 1;
      if (failures > 3 || stream.readyState === 2) instead();
    };
  }
  each("[data-live]", document, function (area) {
    if (area.getAttribute("data-stream") && window.EventSource) listen(area); else poll(area, 1500);
  });

  /* ── One or two characters mean one person ────────────────────────────────────────────────────── */
  var options = {};
  each("[data-options-of]", document, function (list) {
    options[list.getAttribute("data-options-of")] = Array.prototype.map.call(list.children, function (one) {
      return { key: one.getAttribute("data-key"), name: one.textContent.trim(), sound: one.getAttribute("data-sound") };
    });
  });
  function picked(word, list) {
    word = word.trim().toLowerCase();
    if (!word) return null;
    if (/^\d+$/.test(word)) return list[Number(word) - 1] || null;
    var tests = [
      function (one) { return one.key.toLowerCase() === word || one.name.toLowerCase() === word; },
      function (one) { return one.name.toLowerCase().indexOf(word) === 0 || one.sound.indexOf(word) === 0; },
      function (one) { return one.name.toLowerCase().indexOf(word) >= 0; },
    ];
    for (var place = 0; place < tests.length; place += 1) {
      var found = list.filter(tests[place]);
      if (found.length) return found.length === 1 ? found[0] : null;
    }
    return null;
  }
  function words(field) {
    return field.getAttribute("data-many") ? field.value.split(/[\s,，、/]+/).filter(Boolean) : field.value.trim() ? [field.value] : [];
  }
  function understood(field) {
    var list = options[field.getAttribute("data-pick")] || [];
    return words(field).map(function (word) { var one = picked(word, list); return one ? one.name : "?"; }).join("、");
  }
  function show(field) {
    var into = document.querySelector("[data-picked='" + field.getAttribute("data-pick") + "']");
    if (into) into.textContent = understood(field);
  }
  each("[data-pick]", document, function (field) { field.addEventListener("input", function () { show(field); }); });

  /* ── The recorder's row and its queue ─────────────────────────────────────────────────────────── */
  var form = document.querySelector("form[data-ledger]");
  if (!form) return;
  var store = "lianxin-ledger-" + form.getAttribute("data-ledger");
  var listed = document.querySelector("[data-queue]");
  var first = form.elements.deputy, sending = false, queue = [];
  try { queue = JSON.parse(localStorage.getItem(store) || "[]"); } catch (blocked) { queue = []; }

  function keep() {
    try { localStorage.setItem(store, JSON.stringify(queue)); } catch (blocked) { /* the page still holds it */ }
  }
  function say(name, number) { return (form.getAttribute("data-" + name) || "").replace("{}", number); }
  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-tool";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }
  function draw() {
    listed.textContent = "";
    queue.forEach(function (row) {
      var line = document.createElement("li"), text = document.createElement("span"), told = document.createElement("span");
      text.textContent = row.fields.text;
      told.className = "muted";
      told.textContent = row.told || say("waiting");
      line.appendChild(text);
      line.appendChild(told);
      if (row.alike) {
        line.className = "forum-ask";
        line.appendChild(button(say("merge", row.alike), function () { again(row, { merge: row.alike }); }));
        line.appendChild(button(say("keep"), function () { again(row, { anyway: "1" }); }));
      } else if (row.stopped) {
        line.className = "forum-ask";
        line.appendChild(button(say("mend"), function () { mend(row); }));
      }
      listed.appendChild(line);
    });
  }
  function again(row, more) {
    Object.keys(more).forEach(function (name) { row.fields[name] = more[name]; });
    row.fields.request_id = key();
    row.alike = 0;
    row.stopped = false;
    row.told = "";
    done();
    first.focus();
    send();
  }
  function mend(row) {
    drop(row);
    ["deputy", "units", "text", "kind"].forEach(function (name) { form.elements[name].value = row.fields[name] || ""; });
    each("[data-pick]", form, show);
    form.elements.text.focus();
  }
  function drop(row) { queue = queue.filter(function (one) { return one !== row; }); done(); }
  function done() { keep(); draw(); }
  function next() { return queue.filter(function (row) { return !row.alike && !row.stopped; })[0]; }

  function send() {
    var row = next();
    if (sending || !row) return;
    sending = true;
    var body = new URLSearchParams();
    Object.keys(row.fields).forEach(function (name) { body.append(name, row.fields[name]); });
    fetch(form.action, {
      method: "POST", credentials: "same-origin", body: body,
      headers: { "X-Ledger": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    }).then(function (answer) {
      var isJson = (answer.headers.get("Content-Type") || "").indexOf("json") >= 0;
      if (!isJson) throw new Error(answer.redirected || answer.status === 403 ? "signed-out" : "offline");
      return answer.json().then(function (told) { heard(row, answer.status, told); });
    }).then(function () { return 0; }, function (error) {
      row.told = say(error.message === "signed-out" ? "signed-out" : "offline");
      return 2000;
    }).then(function (pause) {
      sending = false;
      done();
      setTimeout(send, pause);
    });
  }
  function heard(row, status, told) {
    if (status < 300) {
      row.fields.number = told.number;
      queue = queue.filter(function (one) { return one !== row; });
      listed.setAttribute("data-last", told.number);
      var note = document.querySelector("[data-picked=deputies]");
      if (note && !first.value) note.textContent = say("saved", told.number);
      each("[data-live]", document, ask);
    } else if (told.alike) {
      row.alike = told.alike;
      row.told = told.message;
    } else if (status >= 500) {
      throw new Error("offline");
    } else {
      row.stopped = true;
      row.told = [told.message].concat(Object.keys(told.fields || {}).map(function (name) { return told.fields[name]; })).join(" ");
    }
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!form.elements.text.value.trim()) {
      (first.value.trim() ? (form.elements.units.value.trim() ? form.elements.text : form.elements.units) : first).focus();
      return;
    }
    queue.push({ fields: {
      request_id: key(), deputy: first.value, units: form.elements.units.value,
      text: form.elements.text.value, kind: form.elements.kind.value,
    } });
    form.elements.text.value = form.elements.units.value = first.value = "";
    each("[data-pick]", form, show);
    done();
    first.focus();
    send();
  });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", function (event) {
    if (!queue.length) return;
    event.preventDefault();
    event.returnValue = "";
  });
  done();
  send();
})();
