/* The sign-in screen: fetch the next code when the present one is over; without a network say so. */
(function () {
  "use strict";
  var place = document.querySelector("[data-renew]");
  if (!place || !window.fetch) return;
  function left() {
    var part = place.querySelector("[data-left]");
    var seconds = part ? parseInt(part.getAttribute("data-left"), 10) : 5;
    return Math.max(1, Math.min(30, seconds || 5));
  }
  function renew() {
    window.fetch(place.getAttribute("data-renew"), { credentials: "same-origin", headers: { "X-Renews": "1" } }).then(function (answer) {
      if (answer.redirected) window.location.reload();
      if (answer.redirected || !answer.ok) throw new Error("no code");
      return answer.text();
    }).then(function (html) {
      place.innerHTML = html;
      window.setTimeout(renew, left() * 1000);
    }).catch(function () { window.setTimeout(renew, 5000); });
  }
  window.setTimeout(renew, left() * 1000);
})();
