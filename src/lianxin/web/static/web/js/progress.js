/* A scanned slip brings the code behind a #: fill it in, take it out of the address, and ask. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-progress]");
  var code = decodeURIComponent(location.hash.slice(1));
  if (!form || !/^[A-Za-z0-9-]{8,14}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.submit();
})();
