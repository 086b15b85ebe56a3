/* The kiosk: send a ballot once per press, and leave the receipt's page by itself. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-once]").forEach(function (form) {
    form.addEventListener("submit", function () {
      form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    });
  });
  var leave = document.querySelector("[data-leave]");
  if (leave) {
    window.setTimeout(function () { window.location.href = "/"; }, Number(leave.getAttribute("data-leave")) * 1000);
  }
}());
