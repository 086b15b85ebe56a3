/* Staff and deputies' pages: search by key, quoting, drafts kept on this device, fields of a class. */
(function () {
  document.documentElement.classList.add("js");
  document.addEventListener("keydown", function (event) {
    var inField = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
    var field = document.querySelector("[role=search] input");
    if (field && ((event.key === "/" && !inField) || (event.key === "k" && (event.ctrlKey || event.metaKey)))) {
      event.preventDefault();
      field.focus();
    }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-quote]");
    if (!button) return;
    var into = document.getElementById(button.getAttribute("data-into"));
    var words = document.getElementById(button.getAttribute("data-quote")).textContent.trim();
    into.value = (into.value ? into.value + "\n" : "") + "「" + words + "」";
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.focus();
  });
  var errors = document.querySelector("[role=alert]");
  if (errors) errors.focus();
  function classes() {
    var chosen = document.querySelector("[data-class]:checked");
    document.querySelectorAll("[data-for]").forEach(function (part) {
      var wanted = part.getAttribute("data-for");
      part.hidden = !!chosen && chosen.value !== wanted && !(wanted === "C" && chosen.value === "D");
    });
  }
  document.addEventListener("change", classes);
  classes();
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var key = "lianxin-" + form.getAttribute("data-draft"), said = form.querySelector("[data-draft-said]");
    var texts = Array.prototype.slice.call(form.querySelectorAll("textarea, input.input:not([type=password])"));
    function keep() {
      try {
        localStorage.setItem(key, JSON.stringify(texts.map(function (field) { return field.value; })));
        if (said) said.hidden = false;
      } catch (blocked) { /* storage may be off; the server keeps what is sent */ }
    }
    try {
      var kept = JSON.parse(localStorage.getItem(key) || "null");
      if (kept && kept.length === texts.length) {
        texts.forEach(function (field, place) { if (!field.value) field.value = kept[place]; });
      }
    } catch (blocked) { /* nothing kept */ }
    form.addEventListener("input", keep);
    form.addEventListener("submit", function () {
      try { localStorage.removeItem(key); } catch (blocked) { /* nothing kept */ }
    });
  });
})();
