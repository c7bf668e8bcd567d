// Suggests titles while somebody types into a search field. Everything works without it.
(function () {
  "use strict";
  document.querySelectorAll("input[data-suggest]").forEach(function (input) {
    var list = document.createElement("ul"), status = document.createElement("p");
    var timer = 0, asked = "", at = -1;
    list.id = input.id + "-suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "检索建议");
    list.hidden = true;
    status.className = "hidden";
    status.setAttribute("role", "status");
    input.after(list);
    list.after(status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(place) {
      var options = list.children;
      if (!options.length) return;
      if (options[at]) options[at].setAttribute("aria-selected", "false");
      at = (place + options.length) % options.length;
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    }
    function choose(text) {
      input.value = text;
      close();
      input.form.requestSubmit();
    }
    function show(titles) {
      list.replaceChildren.apply(list, titles.map(function (title, place) {
        var option = document.createElement("li");
        option.id = list.id + "-" + place;
        option.textContent = title;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("mousedown", function (event) { event.preventDefault(); choose(title); });
        return option;
      }));
      at = -1;
      list.hidden = !titles.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = titles.length ? "有 " + titles.length + " 条建议，用上下键选择" : "";
    }
    function ask() {
      var words = input.value.trim();
      if (words === asked) return;
      asked = words;
      if (!words) { close(); return; }
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(words))
        .then(function (answer) { return answer.ok ? answer.json() : { titles: [] }; })
        .then(function (found) { if (words === asked && document.activeElement === input) show(found.titles); })
        .catch(close);
    }
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 200); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? -1 : at - 1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(list.children[at].textContent); }
    });
  });
})();
