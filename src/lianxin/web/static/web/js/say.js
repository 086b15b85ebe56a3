/* Say page: keep the draft on a bad network, send it when the network is back, make photos small. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var KEY = "lianxin-draft";
  var ID = "lianxin-draft-id";
  var MOST = 3;
  var LONGEST = 1600;
  var form = document.querySelector("form[data-say]");

  function keep(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch (blocked) { /* storage may be off; nothing is lost on the page */ }
  }
  function kept(name) {
    try { return localStorage.getItem(name) || ""; } catch (blocked) { return ""; }
  }
  function show(selector, on) {
    var part = document.querySelector(selector);
    if (part) part.hidden = !on;
  }

  if (document.querySelector("[data-said]")) { keep(KEY, null); keep(ID, null); }
  if (!form) return;
  var text = form.querySelector("textarea[name=text]");
  var id = form.querySelector("input[name=request_id]");
  var waiting = false;

  if (!text.value && kept(KEY)) {
    text.value = kept(KEY);
    id.value = kept(ID) || id.value;
    show("[data-draft]", true);
  }
  text.addEventListener("input", function () {
    keep(KEY, text.value || null);
    keep(ID, text.value ? id.value : null);
  });
  var drop = document.querySelector("[data-draft-drop]");
  if (drop) drop.addEventListener("click", function () {
    text.value = "";
    keep(KEY, null);
    keep(ID, null);
    show("[data-draft]", false);
    text.focus();
  });

  form.addEventListener("submit", function (event) {
    if (navigator.onLine) return;
    event.preventDefault();
    keep(KEY, text.value);
    keep(ID, id.value);
    waiting = true;
    show("[data-offline]", true);
  });
  window.addEventListener("offline", function () { show("[data-offline]", true); });
  window.addEventListener("online", function () {
    show("[data-offline]", false);
    if (waiting) form.submit();
  });
  show("[data-offline]", !navigator.onLine);

  var town = form.querySelector("[data-town]");
  var towns = form.querySelector("[data-towns]");
  if (town && towns) town.addEventListener("change", function () { towns.click(); });

  /* photos: at most three, the long side 1600 px, which also drops EXIF before anything leaves the phone */
  var photos = form.querySelector("input[name=photos]");
  var canReplace = typeof DataTransfer === "function" && HTMLCanvasElement.prototype.toBlob;
  function smaller(file, done) {
    var picture = new Image();
    picture.onload = function () {
      var scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(picture.src);
      canvas.toBlob(function (blob) {
        done(blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file);
      }, "image/jpeg", 0.75);
    };
    picture.onerror = function () { done(file); };
    picture.src = URL.createObjectURL(file);
  }
  function label(count) {
    var words = photos.parentNode.querySelector("[data-words]");
    words.textContent = words.getAttribute("data-chosen") + " " + count;
  }
  if (photos) photos.addEventListener("change", function () {
    var chosen = [].slice.call(photos.files);
    var note = form.querySelector("[data-photo-note]");
    note.hidden = chosen.length <= MOST;
    note.textContent = note.hidden ? "" : note.getAttribute("data-many");
    chosen = chosen.slice(0, MOST);
    label(chosen.length);
    if (!canReplace) return;
    var small = [];
    chosen.forEach(function (file, place) {
      smaller(file, function (made) {
        small[place] = made;
        if (small.filter(Boolean).length < chosen.length) return;
        var box = new DataTransfer();
        small.forEach(function (one) { box.items.add(one); });
        photos.files = box.files;
        photos.setAttribute("data-ready", small.length);
      });
    });
  });
})();
