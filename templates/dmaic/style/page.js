// What a report can do beyond being read; without scripts it is whole all the same.
(() => {
  "use strict";
  const root = document.documentElement;
  const told = document.getElementById("told");

  // Theme: the button names what it changes to.
  const button = document.getElementById("theme");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (night.matches ? "dark" : "light")) === "dark";
  const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.setAttribute("aria-describedby", "told");
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("dmaic-theme", root.dataset.theme); } catch { /* storage is off */ }
    label();
    told.textContent = `The page is ${root.dataset.theme} now.`;
  });
  night.addEventListener("change", label);
  label();
  button.hidden = false;

  // Tables: a click on a column's head sorts by it, one more turns it round, the third undoes it.
  const DAY = /^\d{4}-\d{2}(-\d{2})?$/;
  const WRITTEN = /^\d{1,2} [A-Z][a-z]+ \d{4}$/;
  const FIGURE = /^[^\p{L}\d]*?([-−]?)[^\p{L}\d]*?(\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s?([KMB](?!\p{L}))?/u;
  const SCALE = { K: 1e3, M: 1e6, B: 1e9 };
  const NONE = new Set(["", "–", "-", "n/a"]);
  const figure = (text) => {
    const found = FIGURE.exec(text);
    if (!found) return NaN;
    const size = parseFloat(found[2].replaceAll(",", "")) * (SCALE[found[3]] || 1);
    return found[1] ? -size : size;
  };
  const moment = (text) => (DAY.test(text) || WRITTEN.test(text) ? Date.parse(text) : NaN);
  // The sign before a cell's words is not what a reader sorts by, unless there is nothing else.
  const cellText = (row, column) => {
    const cell = row.cells[column];
    const text = (cell?.textContent || "").trim();
    const sign = cell?.querySelector(".sign")?.textContent || "";
    return text.slice(sign.length).trim() || sign;
  };
  const words = new Intl.Collator(root.lang || undefined, { numeric: true, sensitivity: "base" });

  const keysOf = (rows, column) => {
    const texts = rows.map((row) => cellText(row, column));
    const some = texts.filter((text) => !NONE.has(text));
    const read = [moment, figure].find((each) => some.length && !some.map(each).some(isNaN));
    const keys = texts.map((text) => (NONE.has(text) ? null : read ? read(text) : text));
    return { keys, numeric: Boolean(read) };
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const sort = document.createElement("button");
      sort.type = "button";
      sort.append(...head.childNodes);
      head.append(sort);
      sort.addEventListener("click", () => {
        const { keys, numeric } = keysOf(rows, column);
        // Of figures the largest are asked for first, of words the first.
        const order = numeric ? ["descending", "ascending"] : ["ascending", "descending"];
        const state = head.getAttribute("aria-sort");
        const next = state ? order[order.indexOf(state) + 1] : order[0];
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        const turn = next === "descending" ? -1 : 1;
        const places = rows.map((_, place) => place);
        if (next) {
          head.setAttribute("aria-sort", next);
          places.sort((a, b) => {
            if (keys[a] === null || keys[b] === null) {
              return (keys[a] === null) - (keys[b] === null) || a - b;
            }
            const difference = numeric ? keys[a] - keys[b] : words.compare(keys[a], keys[b]);
            return difference * turn || a - b;
          });
        }
        body.append(...places.map((place) => rows[place]));
        const name = sort.textContent.trim();
        told.textContent = next ? `Sorted by ${name}, ${next}.` : "In the report's own order.";
      });
    });
  };
  document.querySelectorAll("table.sortable").forEach(sortable);

  // Frames that scroll can be reached by keyboard, those that do not are left out of the way.
  const frames = [...document.querySelectorAll(".wide, pre.scroll")];
  const reach = (frame) => {
    const scrolls = frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
    if (scrolls) frame.tabIndex = 0; else frame.removeAttribute("tabindex");
  };
  const watch = new ResizeObserver((changes) => changes.forEach(({ target }) => reach(target)));
  frames.forEach((frame) => watch.observe(frame));

  // Contents: folded away on a phone; elsewhere they show where the reader is.
  const contents = document.getElementById("contents");
  if (contents) {
    const narrow = matchMedia("(max-width: 63.99rem)");
    const fold = () => { contents.querySelector("details").open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    fold();
    const links = new Map([...contents.querySelectorAll("details > ol > li > a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
    const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const passed = heads.filter((head) => head.getBoundingClientRect().top < innerHeight * 0.3);
      const here = passed.length ? passed[passed.length - 1].id : "";
      links.forEach((link, id) => {
        if (id === here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(mark); }
    }, { passive: true });
    mark();
  }

  // A sheet is shrunk or stretched until it fills its one page of paper: measured by the very
  // rules that it is printed by, which are switched on for as long.
  if (document.body.classList.contains("a3")) {
    const rules = [...document.styleSheets[0].cssRules].filter((rule) => rule instanceof CSSMediaRule);
    const media = rules.map((rule) => rule.media.mediaText);
    rules.forEach((rule, place) => {
      if (media[place] === "print") rule.media.mediaText = "all";
      else if (media[place].startsWith("screen")) rule.media.mediaText = "not all";
    });
    const sheet = document.getElementById("report");
    const inside = sheet.querySelector(".sections");
    const holds = (box) => box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1;
    const fits = (share) => {
      root.style.setProperty("--fit", share);
      return holds(sheet) && holds(inside);
    };
    const largest = (least) => {
      if (!fits(least)) return null;
      let low = least, high = 1.3;
      for (let step = 0; step < 10; step += 1) {
        const middle = (low + high) / 2;
        if (fits(middle)) low = middle; else high = middle;
      }
      return low;
    };
    // Sections stay whole if they can; what cannot be read on one sheet takes more than one.
    let share = largest(0.6);
    if (share === null) {
      document.body.classList.add("flowing");
      share = largest(0.35);
    }
    if (share === null) document.body.classList.add("loose");
    root.style.setProperty("--fit", share ?? 0.6);
    rules.forEach((rule, place) => { rule.media.mediaText = media[place]; });
  }
})();
