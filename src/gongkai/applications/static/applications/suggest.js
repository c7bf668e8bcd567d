// Shows documents that are public already while somebody describes what they want. Everything works without it: the
// page on which the form is checked shows the same.
(function () {
  "use strict";
  var place = document.getElementById("suggestions");
  var form = place && place.closest("form");
  if (!form) return;
  var watched = ["title", "requested"].map(function (name) { return form.elements[name]; });
  var timer = 0, asked = "";

  function show(found) {
    place.replaceChildren();
    place.hidden = !found.length;
    if (!found.length) return;
    var heading = document.createElement("p"), list = document.createElement("ul");
    heading.textContent = "有 " + found.length + " 条已经公开的信息可能是您需要的，可以直接查阅：";
    found.forEach(function (each) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = each.address;
      link.target = "_blank";
      link.rel = "noopener nofollow";
      link.textContent = each.title + "（在新窗口打开）";
      item.append(link, each.published ? " " + each.published : "");
      list.append(item);
    });
    place.append(heading, list);
  }
  function ask() {
    var text = watched.map(function (field) { return field.value.trim(); }).join(" ").trim();
    if (text === asked) return;
    asked = text;
    if (text.length < 4) { show([]); return; }
    var body = new URLSearchParams({
      text: text.slice(0, 500), token: form.elements.token.value,
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value
    });
    fetch(place.dataset.address, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : { found: [] }; })
      .then(function (told) { if (text === asked) show(told.found); })
      .catch(function () { show([]); });
  }
  watched.forEach(function (field) {
    field.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 600); });
  });
})();
