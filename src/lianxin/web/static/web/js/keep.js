/* Done page: save the code as a picture, copy it, print it. */
(function () {
  "use strict";
  var code = document.querySelector("[data-code]");
  if (!code) return;
  var words = code.getAttribute("data-code");
  var told = document.querySelector("[data-told]");

  function say(sentence) { if (told) told.textContent = sentence; }
  function copyOld() {
    var area = document.createElement("textarea");
    area.value = words;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    document.body.removeChild(area);
  }
  var copy = document.querySelector("[data-copy]");
  if (copy) copy.addEventListener("click", function () {
    function done() {
      copy.querySelector("span").textContent = copy.getAttribute("data-copied");
      say(copy.getAttribute("data-copied"));
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(words).then(done, function () { copyOld(); done(); });
    } else { copyOld(); done(); }
  });
  var print = document.querySelector("[data-print]");
  if (print) print.addEventListener("click", function () { window.print(); });
  var save = document.querySelector("[data-save]");
  if (save) save.addEventListener("click", function () {
    var qr = document.querySelector("img.qr");
    var canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 760;
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 640, 760);
    pen.fillStyle = "#17616b";
    pen.textAlign = "center";
    pen.font = "600 56px sans-serif";
    pen.fillText(words, 320, 120);
    pen.fillStyle = "#1f2328";
    pen.font = "28px sans-serif";
    pen.fillText(save.getAttribute("data-save"), 320, 180);
    if (qr) pen.drawImage(qr, 70, 220, 500, 500);
    var link = document.createElement("a");
    link.download = words + ".png";
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
})();
