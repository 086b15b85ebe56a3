/* A sheet to sign on with a finger, a pen or a mouse; the drawing goes into the hidden field beside it. */
(function () {
  "use strict";
  var pads = document.querySelectorAll("[data-pad]");
  for (var n = 0; n < pads.length; n += 1) ready(pads[n]);

  function ready(pad) {
    var sheet = pad.querySelector("canvas");
    var field = pad.querySelector("input[type=hidden]");
    var pen = sheet.getContext("2d");
    var drawing = false;

    function blank() {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.strokeStyle = "#1f2328";
      pen.lineWidth = 4;
      pen.lineCap = pen.lineJoin = "round";
    }
    function at(event) {
      var box = sheet.getBoundingClientRect();
      return {
        x: (event.clientX - box.left) * sheet.width / box.width,
        y: (event.clientY - box.top) * sheet.height / box.height
      };
    }
    blank();
    if (field.value) {
      var kept = new Image();
      kept.onload = function () { pen.drawImage(kept, 0, 0); };
      kept.src = field.value;
    }
    sheet.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      if (sheet.setPointerCapture) sheet.setPointerCapture(event.pointerId);
      var spot = at(event);
      drawing = true;
      pen.beginPath();
      pen.moveTo(spot.x, spot.y);
    });
    sheet.addEventListener("pointermove", function (event) {
      if (!drawing) return;
      var spot = at(event);
      pen.lineTo(spot.x, spot.y);
      pen.stroke();
    });
    function end() {
      if (!drawing) return;
      drawing = false;
      field.value = sheet.toDataURL("image/png");
      choose("finger");
    }
    function choose(value) {
      if (field.name !== "resident_sign") return;
      var wanted = document.querySelector("input[name=confirmed][value=" + value + "]");
      if (wanted) wanted.checked = true;
    }
    sheet.addEventListener("pointerup", end);
    sheet.addEventListener("pointercancel", end);
    pad.querySelector("[data-wipe]").addEventListener("click", function () {
      blank();
      field.value = "";
    });
  }
})();
