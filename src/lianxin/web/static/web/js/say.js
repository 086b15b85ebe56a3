/* Say page: keep the draft on a bad network, show the photos' names. Text only, erased after sending. */
(function () {
  document.documentElement.classList.add("js");
  var form = document.querySelector("form[data-say]");
  var done = document.querySelector("[data-said]");
  var key = "lianxin-draft";
  try {
    if (done) localStorage.removeItem(key);
    if (!form) return;
    var text = form.querySelector("textarea[name=text]");
    if (!text.value) text.value = localStorage.getItem(key) || "";
    text.addEventListener("input", function () { localStorage.setItem(key, text.value); });
  } catch (blocked) { /* storage may be off; nothing is lost on the page */ }
  var photo = form && form.querySelector("input[type=file]");
  var label = form && form.querySelector("[data-photo-name]");
  if (photo && label) photo.addEventListener("change", function () {
    label.textContent = photo.files.length ? label.getAttribute("data-chosen") + " " + photo.files.length : label.getAttribute("data-none");
  });
  function online() {
    var bar = document.querySelector("[data-offline]");
    if (bar) bar.hidden = navigator.onLine;
  }
  window.addEventListener("online", online);
  window.addEventListener("offline", online);
  online();
})();
