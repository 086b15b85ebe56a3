// The big screen turns to its next scene by itself; any key or touch stops it, the next one lets it go on.
(function () {
  "use strict";
  var body = document.body;
  var note = document.getElementById("paused");
  var timer = null;
  function go() {
    timer = window.setTimeout(function () {
      window.location.assign(body.getAttribute("data-next"));
    }, Number(body.getAttribute("data-seconds")) * 1000);
  }
  function toggle() {
    if (timer === null) {
      note.hidden = true;
      go();
    } else {
      window.clearTimeout(timer);
      timer = null;
      note.hidden = false;
    }
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Tab" && event.key !== "Enter") toggle();
  });
  document.addEventListener("click", function (event) {
    if (event.target.nodeName !== "A") toggle();
  });
  go();
})();
