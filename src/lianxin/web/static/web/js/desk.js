/* Staff pages: "/" goes to the search field. */
document.addEventListener("keydown", function (event) {
  var inField = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
  var field = document.querySelector("[role=search] input");
  if (field && ((event.key === "/" && !inField) || (event.key === "k" && (event.ctrlKey || event.metaKey)))) {
    event.preventDefault();
    field.focus();
  }
});
