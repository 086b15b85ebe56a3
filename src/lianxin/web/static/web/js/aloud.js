/* 念给我听: read the page aloud with the phone's own voice, where there is one. */
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var button = document.querySelector("[data-aloud]");
  if (!button || !window.speechSynthesis || typeof SpeechSynthesisUtterance !== "function") return;
  var words = button.querySelector("[data-aloud-words]");
  var rest = words.textContent;
  button.hidden = false;
  function quiet() { words.textContent = rest; }
  button.addEventListener("click", function () {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); quiet(); return; }
    var speech = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    speech.lang = document.documentElement.lang;
    speech.rate = 0.9;
    speech.onend = quiet;
    words.textContent = words.getAttribute("data-stop");
    speechSynthesis.speak(speech);
  });
})();
