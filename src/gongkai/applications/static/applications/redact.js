// Boxes over pages: drawn, moved and resized by mouse, finger and keyboard. The rows of the form are the state, the
// drawing only mirrors them; without this script the rows are filled in by hand.
(function () {
  "use strict";
  var NAMES = ["page", "left", "top", "width", "height", "reason", "note"];
  var SVG = "http://www.w3.org/2000/svg";
  var STEP = 0.5, LEAST = 0.5, ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];

  function start(root) {
    var list = root.querySelector("[data-redact-rows]"), template = root.querySelector("[data-redact-template]");
    var status = root.querySelector("[data-redact-status]"), preset = root.querySelector("[data-redact-default]");
    var undo = root.querySelector("[data-redact-undo]"), pages = root.querySelector(".redact-pages");
    var none = root.querySelector("[data-redact-none]"), form = root.closest("form");
    var history = [], kept = "", first = "", zoom = ZOOMS.indexOf(1), current = null, sent = false;

    // --- Rows ---
    function rows() { return Array.prototype.slice.call(list.children); }
    function field(row, name) { return row.querySelector('[name="box_' + name + '"]'); }
    function values(row) { return NAMES.map(function (name) { return field(row, name).value; }); }
    function number(text) { return Number(text.normalize("NFKC").replace("%", "").trim() || NaN); }
    function read(row) {
      var box = { page: number(field(row, "page").value) };
      ["left", "top", "width", "height"].forEach(function (name) { box[name] = number(field(row, name).value); });
      return Object.values(box).every(isFinite) && sheetOf(box.page) ? box : null;
    }
    function write(row, box) {
      field(row, "page").value = box.page;
      ["left", "top", "width", "height"].forEach(function (name) {
        field(row, name).value = Math.round(box[name] * 100) / 100;
      });
    }
    function make(given) {
      var row = template.content.firstElementChild.cloneNode(true);
      given.forEach(function (value, at) { field(row, NAMES[at]).value = value; });
      list.append(row);
      return row;
    }
    function remove(row) {
      var place = rows().indexOf(row);
      row.remove();
      settle("删去了第 " + (place + 1) + " 处");
      var next = rows()[Math.min(place, rows().length - 1)];
      if (next && groupOf(next)) groupOf(next).focus();
      else pages.focus();
    }

    // --- What was done, and undoing it ---
    function settle(words) {
      var now = JSON.stringify(rows().map(values));
      if (now !== kept) { history.push(kept); kept = now; }
      undo.disabled = !history.length;
      if (words) status.textContent = words + "；共 " + rows().length + " 处";
      draw();
    }
    function back() {
      if (!history.length) return;
      kept = history.pop();
      list.replaceChildren();
      JSON.parse(kept).forEach(make);
      undo.disabled = !history.length;
      status.textContent = "已撤销；共 " + rows().length + " 处";
      draw();
    }

    // --- The drawing ---
    function sheetOf(page) { return root.querySelector('.redact-page[data-page="' + page + '"] svg'); }
    function element(name, given, parent) {
      var made = document.createElementNS(SVG, name);
      Object.keys(given).forEach(function (key) { made.setAttribute(key, given[key]); });
      parent.append(made);
      return made;
    }
    function groupOf(row) { return root.querySelector('.redact-box[data-row="' + rows().indexOf(row) + '"]'); }
    function put(group, box) {
      var rect = group.querySelector("rect"), text = group.querySelector("text"), corner = group.querySelector("circle");
      rect.setAttribute("x", box.left + "%");
      rect.setAttribute("y", box.top + "%");
      rect.setAttribute("width", box.width + "%");
      rect.setAttribute("height", box.height + "%");
      text.setAttribute("x", box.left + "%");
      text.setAttribute("y", box.top + "%");
      corner.setAttribute("cx", box.left + box.width + "%");
      corner.setAttribute("cy", box.top + box.height + "%");
    }
    function draw() {
      var focused = document.activeElement && document.activeElement.closest(".redact-box");
      var at = focused && root.contains(focused) ? focused.dataset.row : null;
      root.querySelectorAll(".redact-page svg").forEach(function (sheet) { sheet.replaceChildren(); });
      rows().forEach(function (row, place) {
        var reason = field(row, "reason"), box = read(row);
        row.querySelector("[data-redact-number]").textContent = place + 1;
        row.querySelector("[data-redact-remove]").hidden = false;
        if (!box) return;
        var why = reason.value ? reason.selectedOptions[0].textContent : "还没有选理由";
        var group = element("g", {
          class: "redact-box" + (row === current ? " redact-box--current" : ""), tabindex: 0, role: "button",
          "data-row": place, "aria-label": "第 " + (place + 1) + " 处，第 " + box.page + " 页，" + why
        }, sheetOf(box.page));
        element("rect", {}, group);
        element("text", { dx: 4, dy: 16 }, group).textContent = place + 1;
        element("circle", { r: 7 }, group);
        put(group, box);
      });
      none.hidden = rows().length > 0;
      if (at !== null) {
        var again = root.querySelector('.redact-box[data-row="' + at + '"]');
        if (again) again.focus({ preventScroll: true });
      }
    }
    function select(row) {
      if (row === current) return;
      current = row;
      root.querySelectorAll(".redact-box").forEach(function (group) {
        group.classList.toggle("redact-box--current", rows()[Number(group.dataset.row)] === row);
      });
    }

    // --- Boxes ---
    function inside(value, low, high) { return Math.min(Math.max(value, low), high); }
    function moved(box, right, down) {
      return {
        page: box.page, width: box.width, height: box.height,
        left: inside(box.left + right, 0, 100 - box.width), top: inside(box.top + down, 0, 100 - box.height)
      };
    }
    function resized(box, right, down) {
      return {
        page: box.page, left: box.left, top: box.top,
        width: inside(box.width + right, LEAST, 100 - box.left), height: inside(box.height + down, LEAST, 100 - box.top)
      };
    }
    function add(box, focus) {
      var row = make([box.page, "", "", "", "", preset.value, ""]);
      write(row, box);
      current = row;
      settle("第 " + box.page + " 页加了一处");
      if (focus) groupOf(row).focus();
    }

    // --- Mouse and finger ---
    function drawing(sheet, event) {
      if (event.button || !event.isPrimary) return;
      if (event.pointerType === "touch" && !root.classList.contains("redact--touch")) return;
      var frame = sheet.getBoundingClientRect(), page = Number(sheet.closest(".redact-page").dataset.page);
      var group = event.target.closest(".redact-box"), row = group ? rows()[Number(group.dataset.row)] : null;
      var before = row && read(row), corner = event.target.nodeName === "circle", box = before, from = place(event);
      function place(at) {
        return {
          x: inside((at.clientX - frame.left) / frame.width * 100, 0, 100),
          y: inside((at.clientY - frame.top) / frame.height * 100, 0, 100)
        };
      }
      function follow(at) {
        var to = place(at), right = to.x - from.x, down = to.y - from.y;
        if (row) {
          box = corner ? resized(before, right, down) : moved(before, right, down);
        } else {
          box = {
            page: page, left: Math.min(from.x, to.x), top: Math.min(from.y, to.y),
            width: Math.abs(right), height: Math.abs(down)
          };
          if (!group) {
            group = element("g", { class: "redact-box" }, sheet);
            element("rect", {}, group);
            element("text", {}, group);
            element("circle", { r: 0 }, group);
          }
        }
        put(group, box);
      }
      function stop() {
        sheet.removeEventListener("pointermove", follow);
        sheet.removeEventListener("pointerup", done);
        sheet.removeEventListener("pointercancel", stop);
        draw();
      }
      function done(at) {
        follow(at);
        stop();
        if (row) {
          write(row, box);
          settle(corner ? "改变了大小" : "");
        } else if (box.width * frame.width > 300 && box.height * frame.height > 300) {
          add(box, true);  // more than three pixels each way: anything less was a click
        }
      }
      event.preventDefault();
      if (row) { select(row); group.focus({ preventScroll: true }); }
      sheet.setPointerCapture(event.pointerId);
      sheet.addEventListener("pointermove", follow);
      sheet.addEventListener("pointerup", done);
      sheet.addEventListener("pointercancel", stop);
    }

    // --- Keys ---
    var ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    function pressed(event) {
      var group = event.target.closest(".redact-box");
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.matches("input, select")) {
        event.preventDefault();
        back();
        return;
      }
      if (!group) return;
      var row = rows()[Number(group.dataset.row)], arrow = ARROWS[event.key], box = read(row);
      if (arrow) {
        event.preventDefault();
        write(row, (event.shiftKey ? resized : moved)(box, arrow[0], arrow[1]));
        settle("");
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        remove(row);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        field(row, "reason").focus();
      }
    }

    // --- Beginning ---
    rows().forEach(function (row) {
      var given = values(row);
      if (given.every(function (value, at) { return NAMES[at] === "reason" || !value.trim(); })) row.remove();
    });
    root.classList.add("redact--live");
    root.querySelectorAll("[data-redact-tools], [data-redact-help], [data-redact-add], [data-redact-all]")
      .forEach(function (each) { each.hidden = false; });
    root.querySelectorAll("[data-redact-plain], [data-redact-more]").forEach(function (each) { each.remove(); });
    root.querySelectorAll(".redact-page").forEach(function (figure) {
      var page = Number(figure.dataset.page), sheet = figure.querySelector("svg");
      sheet.addEventListener("pointerdown", function (event) { drawing(sheet, event); });
      figure.querySelector("[data-redact-add]").addEventListener("click", function () {
        add({ page: page, left: 35, top: 45, width: 30, height: 5 }, true);
      });
      figure.querySelector("[data-redact-all]").addEventListener("click", function () {
        add({ page: page, left: 0, top: 0, width: 100, height: 100 }, true);
      });
    });
    root.addEventListener("keydown", pressed);
    root.addEventListener("focusin", function (event) {
      var group = event.target.closest(".redact-box");
      select(group ? rows()[Number(group.dataset.row)] : event.target.closest(".redact-row"));
    });
    list.addEventListener("change", function () { settle(""); });
    list.addEventListener("click", function (event) {
      if (event.target.closest("[data-redact-remove]")) remove(event.target.closest(".redact-row"));
    });
    undo.addEventListener("click", back);
    root.querySelectorAll("[data-redact-zoom]").forEach(function (button) {
      button.addEventListener("click", function () {
        zoom = inside(zoom + (button.dataset.redactZoom === "in" ? 1 : -1), 0, ZOOMS.length - 1);
        pages.style.setProperty("--redact-zoom", ZOOMS[zoom]);
        status.textContent = "显示 " + ZOOMS[zoom] * 100 + "%";
      });
    });
    var touch = root.querySelector("[data-redact-touch]");
    touch.hidden = !window.matchMedia("(any-pointer: coarse)").matches;
    touch.addEventListener("click", function () {
      touch.setAttribute("aria-pressed", String(root.classList.toggle("redact--touch")));
      status.textContent = root.classList.contains("redact--touch") ? "手指现在画遮盖" : "手指现在移动页面";
    });
    form.addEventListener("submit", function () { sent = true; });
    window.addEventListener("beforeunload", function (event) {
      if (kept !== first && !sent) event.preventDefault();  // what was drawn would be lost
    });
    kept = first = JSON.stringify(rows().map(values));
    draw();
  }
  document.querySelectorAll("[data-redact]").forEach(start);
})();
