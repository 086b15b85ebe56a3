/* Votes: parts that renew themselves, and the teller's keys over the plain field of lines. */
(function () {
  "use strict";
  document.querySelectorAll("[data-renew]").forEach(function (part) {
    window.setInterval(function () {
      if (document.hidden) return;
      fetch(window.location.href, { credentials: "same-origin", headers: { "X-Renews": "1" } }).then(function (answer) {
        return answer.ok ? answer.text() : "";
      }).then(function (text) {
        var fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
        if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
        if (text && !fresh) window.location.reload();
      }).catch(function () { /* the network is away: the last picture stays */ });
    }, Number(part.getAttribute("data-renew")) * 1000);
  });
  document.querySelectorAll("form[data-keys]").forEach(ready);

  function ready(form) {
    var field = form.querySelector("textarea");
    var byOption = form.getAttribute("data-mode") === "approval_max_n";
    var places = Number(form.getAttribute("data-places"));
    var many = Number(form.getAttribute("data-options"));
    var rows = Array.prototype.slice.call(form.querySelectorAll("[data-keys-row]"));
    form.querySelectorAll("[data-keys-pad]").forEach(function (pad) { pad.hidden = false; });

    function lines() { return field.value.replace(/\n+$/, "\n").split("\n"); }
    function write(all) {
      field.value = all.join("\n");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.scrollTop = field.scrollHeight;
    }
    function last(all) { return all[all.length - 1]; }
    function put(text) {
      var all = lines();
      all[all.length - 1] = text;
      write(all);
    }
    function next() {
      var all = lines();
      if (!last(all)) return;
      all.push("");
      write(all);
    }
    function press(key) {
      var now = last(lines());
      if (now === "x" || (now === "0" && byOption)) now = "";
      if (byOption) {
        put(now.indexOf(key) >= 0 ? now.split(key).join("") : now + key);
        return;
      }
      put(now + key);
      if (now.length + 1 >= many) next();
    }
    function undo() {
      var all = lines();
      if (!last(all) && all.length > 1) all.pop();
      else all[all.length - 1] = last(all).slice(0, -1);
      write(all);
    }
    function show() {
      var now = last(lines()).trim(), done = lines().filter(function (line) { return line.trim(); });
      var at = now ? done.length : done.length + 1;
      form.querySelector("[data-keys-at]").textContent = String(Math.max(at, 1));
      var over = byOption ? now.length > places && now !== "x" : false;
      form.querySelector("[data-keys-said]").textContent = over ? form.getAttribute("data-over") : "";
      rows.forEach(function (row, place) {
        var sign = byOption ? row.getAttribute("data-keys-row") : now.charAt(place);
        var on = now !== "x" && (byOption ? now.indexOf(sign) >= 0 : !!sign);
        row.classList.toggle("is-on", on);
        row.classList.toggle("is-next", !byOption && place === now.length);
        row.querySelector("[data-keys-mark]").textContent = on ? (byOption ? "○" : sign) : "";
      });
    }
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button[type=button]");
      if (!button) return;
      if (button.hasAttribute("data-key")) press(button.getAttribute("data-key"));
      else if (button.hasAttribute("data-key-next")) next();
      else if (button.hasAttribute("data-key-blank")) { put("0"); next(); }
      else if (button.hasAttribute("data-key-void")) { put("x"); next(); }
      else undo();
    });
    field.addEventListener("input", show);
    window.setTimeout(show, 0);
    show();
  }
})();
