/* Hold to talk, at most a minute. Without a recorder the plain file field stays. */
(function () {
  "use strict";
  var box = document.querySelector("[data-recorder]");
  var field = document.querySelector("input[name=voice]");
  if (!box || !field) return;
  var words = field.parentNode.querySelector("[data-words]");
  field.addEventListener("change", function () {
    if (field.files.length) words.textContent = words.getAttribute("data-chosen");
  });
  if (!window.MediaRecorder || !navigator.mediaDevices || typeof DataTransfer !== "function") return;

  var MOST = 60;
  var button = box.querySelector("[data-hold]");
  var told = box.querySelector("[data-hold-words]");
  var rest = told.textContent;
  var level = box.querySelector("[data-level]");
  var seconds = box.querySelector("[data-seconds]");
  var playback = box.querySelector("[data-playback]");
  var again = box.querySelector("[data-again]");
  var recorder = null;
  var timer = 0;
  var began = 0;
  var starting = false;

  field.parentNode.addEventListener("click", function (event) {
    event.preventDefault();
    box.hidden = !box.hidden;
    if (!box.hidden) button.focus();
  });

  function count() {
    var past = Math.round((Date.now() - began) / 1000);
    level.value = past;
    seconds.textContent = past + " " + seconds.getAttribute("data-unit");
    if (past >= MOST) stop();
  }
  function finish(parts, type) {
    var file = new File(parts, "voice.webm", { type: type });
    var carry = new DataTransfer();
    carry.items.add(file);
    field.files = carry.files;
    playback.src = URL.createObjectURL(file);
    playback.hidden = again.hidden = false;
    words.textContent = words.getAttribute("data-chosen");
  }
  function start() {
    if (recorder || starting) return;
    starting = true;
    navigator.mediaDevices.getUserMedia({ audio: true }).then(function (stream) {
      var parts = [];
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = function (event) { if (event.data.size) parts.push(event.data); };
      recorder.onstop = function () {
        stream.getTracks().forEach(function (track) { track.stop(); });
        finish(parts, recorder.mimeType || "audio/webm");
        recorder = null;
      };
      recorder.start();
      starting = false;
      began = Date.now();
      level.hidden = false;
      told.textContent = button.getAttribute("data-recording");
      button.setAttribute("aria-pressed", "true");
      timer = setInterval(count, 500);
    }).catch(function () {
      starting = false;
      box.querySelector("[data-denied]").hidden = false;
    });
  }
  function stop() {
    if (!recorder || recorder.state !== "recording") return;
    clearInterval(timer);
    told.textContent = rest;
    button.setAttribute("aria-pressed", "false");
    recorder.stop();
  }
  /* A press that lasts is hold-to-talk; a short tap (or a key) starts, the next one stops. */
  var pressed = 0;
  button.addEventListener("pointerdown", function () { if (!recorder) { pressed = Date.now(); start(); } });
  button.addEventListener("pointerup", function () { if (pressed && Date.now() - pressed > 600) stop(); });
  button.addEventListener("click", function (event) {
    var held = pressed && Date.now() - pressed > 600;
    var fresh = pressed && !held;
    pressed = 0;
    if (held || fresh) return;
    if (recorder) stop();
    else if (event.detail === 0) start();
  });
  again.addEventListener("click", function () {
    field.value = "";
    playback.hidden = again.hidden = true;
    playback.removeAttribute("src");
    seconds.textContent = "";
    level.value = 0;
    button.focus();
  });
})();
