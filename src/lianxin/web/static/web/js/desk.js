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
  /* On a telephone a row becomes a card: each cell says its column; the row's own head stands first, else the cell with the link. */
  document.querySelectorAll("table.rows-cards").forEach(function (table) {
    var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), function (head) {
      return head.querySelector(".sr") || !head.firstChild ? "" : head.firstChild.textContent.trim();
    });
    Array.prototype.forEach.call(table.querySelectorAll("tbody tr"), function (row) {
      if (row.cells.length !== heads.length) return;
      var title = row.cells[0];
      row.querySelectorAll("a[href]").forEach(function (link) {
        var cell = link.closest("td, th"), words = link.firstChild ? link.firstChild.textContent.trim() : "";
        var isNamed = heads[cell.cellIndex] && words.length > 5;
        if (title === row.cells[0] && isNamed && title.scope !== "row") title = cell;
      });
      Array.prototype.forEach.call(row.cells, function (cell, place) {
        if (cell === title) cell.classList.add("is-title");
        else if (heads[place]) cell.setAttribute("data-label", heads[place]);
      });
    });
  });
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
