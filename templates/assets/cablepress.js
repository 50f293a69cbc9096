// Small comforts for readers: a view that is remembered, keys, links to copy, a reading list. No page needs this file.
//
// What is kept stays in this browser, under the archive's own path, since archives may share a host. Whatever a page or
// the browser's memory holds is shown as text, never as HTML.

(() => {
  "use strict";

  const site = new URL("..", document.currentScript.src);
  const here = location.pathname.slice(site.pathname.length); // the address of this page: 'tag/PGOV.html'
  const first = (selector) => document.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (name, values, ...children) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  };

  // What the browser remembers; it may refuse to, or be full.

  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem(`${site.pathname} ${name}`));
    } catch {
      return null;
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`${site.pathname} ${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  // A line that appears for a moment

  const status = make("p", { className: "status", role: "status" });
  let statusTimer = 0;
  document.body.append(status);

  function say(words) {
    status.textContent = words;
    clearTimeout(statusTimer);
    statusTimer = setTimeout(() => (status.textContent = ""), 4000);
  }

  // The view menu

  const view = first("#view");
  const keys = make("input", { type: "checkbox", name: "keys", checked: true });

  if (view) {
    view.append(make("label", {}, keys, "Keys (? shows them)"));
    view.addEventListener("change", () => {
      const chosen = all("input[type=radio]:checked", view).map((input) => [input.name, input.value]);
      remember("view", { ...Object.fromEntries(chosen), keys: keys.checked });
    });
    addEventListener("pageshow", restoreView);
    restoreView();
  }

  function restoreView() {
    const kept = recall("view") || {};
    for (const input of all("input[type=radio]", view)) if (kept[input.name] === input.value) input.checked = true;
    keys.checked = kept.keys !== false;
  }

  // Keys

  const actions = { j: () => step(1), k: () => step(-1), "/": find, "?": showKeys };

  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
    if (!Object.hasOwn(actions, event.key) || isTyping || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || !keys.checked) return;
    event.preventDefault();
    actions[event.key]();
  });

  // To the cable after this one or before it; in a list of cables, to the row.
  function step(by) {
    const rows = first(".cable") ? [] : all(".cables > li > a:first-child");
    if (rows.length) {
      const at = rows.findIndex((row) => row.parentNode.contains(document.activeElement));
      const inSight = rows.findIndex((row) => row.getBoundingClientRect().top >= 0);
      rows[at < 0 ? inSight : at + by]?.focus();
      return;
    }
    const link = first(by > 0 ? "[rel=next]" : "[rel=prev]");
    if (link) location.assign(link.href);
  }

  // To the field that narrows the list of this page; where there is none, to the index of TAGS.
  function find() {
    const field = first("main input[type=search]");
    if (field) field.focus();
    else location.assign(new URL("tag/index.html", site));
  }

  function showKeys() {
    const meanings = {
      j: "next cable, or next row of a list",
      k: "previous cable, or previous row",
      "/": "search",
      "?": "this list",
    };
    const rows = Object.entries(meanings).flatMap(([key, meaning]) => [
      make("dt", {}, make("kbd", {}, key)),
      make("dd", {}, meaning),
    ]);
    const dialog = make(
      "dialog",
      { ariaLabel: "Keys" },
      make("h2", {}, "Keys"),
      make("dl", { className: "keys" }, ...rows),
      make("p", {}, "The menu Aa turns them off."),
      make("button", { onclick: () => dialog.close() }, "Close"),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  // A click on the number of a paragraph, or on the address of a reading list, copies it too.

  addEventListener("click", (event) => {
    const link = event.target.closest?.(".text a[href^='#par'], a.share[href]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    navigator.clipboard.writeText(link.href).then(
      () => say("Link copied"),
      () => {}, // not allowed: it is in the address bar all the same
    );
  });

  // The reading list: cables as { address, id, subject, date }, in the order in which they were kept

  const REFUSED = "This browser keeps nothing for this site.";
  const ADDRESS = /^cable(\/[\w=-]+)+\.html$/;

  function keptCables() {
    const kept = recall("reading list");
    const isCable = ({ address, id, subject, date }) =>
      ADDRESS.test(address) && [id, subject, date].every((text) => typeof text === "string");
    return Array.isArray(kept) ? kept.filter((one) => one && isCable(one)) : [];
  }

  function keepCables(cables, words) {
    say(remember("reading list", cables) ? words : REFUSED);
  }

  const button = first("button.keep");
  if (button && remember("reading list", keptCables())) {
    const isKept = () => keptCables().some((cable) => cable.address === here);
    const show = () => (button.textContent = isKept() ? "Kept" : "Keep");
    const cable = { address: here, id: first(".id").textContent, date: first("time").dateTime, subject: first("h1").textContent };
    // One that came by a shared list had no subject yet.
    if (isKept()) remember("reading list", keptCables().map((kept) => (kept.address === here ? cable : kept)));
    button.addEventListener("click", () => {
      const others = keptCables().filter((kept) => kept.address !== here);
      if (isKept()) keepCables(others, "Taken from the reading list");
      else keepCables([...others, cable], "Kept in the reading list");
      show();
    });
    addEventListener("storage", show);
    addEventListener("pageshow", show);
    button.hidden = false;
    show();
  }

  // The page of the reading list

  const page = first("#reading-list");
  if (page) {
    page.addEventListener("click", (event) => actOnList[event.target.dataset.do]?.(keptCables()));
    addEventListener("storage", showList);
    addEventListener("hashchange", showList);
    addEventListener("pageshow", showList);
    if (!remember("reading list", keptCables())) first("#nothing").textContent = REFUSED;
    page.hidden = false;
    first("#unlisted").hidden = true;
    showList();
  }

  // The cables that the address of the page names: '#ids=2008/11/08ASTANA2165,...'
  function sharedCables() {
    const names = new URLSearchParams(location.hash.slice(1)).get("ids") || "";
    const kept = keptCables().map((cable) => cable.address);
    return [...new Set(names.split(",").slice(0, 500))]
      .map((name) => ({ address: `cable/${name}.html`, id: name.split("/").at(-1), subject: "", date: "" }))
      .filter((cable) => ADDRESS.test(cable.address) && !kept.includes(cable.address));
  }

  function showList() {
    const kept = keptCables();
    const shared = sharedCables();
    first("#shared").hidden = !shared.length;
    first("#shared ol").replaceChildren(...shared.map((cable) => row(cable)));
    first("#kept ol").replaceChildren(...kept.map((cable, at) => row(cable, removing(cable, at))));
    first("#nothing").hidden = kept.length > 0;
    first("#kept .tools").hidden = !kept.length;
    const names = kept.map((cable) => cable.address.slice("cable/".length, -".html".length));
    first("a.share").href = `#ids=${names}`;
  }

  function row(cable, ...buttons) {
    const link = make("a", { className: "subject", href: new URL(cable.address, site) }, cable.subject || cable.id);
    const about = cable.subject && [cable.date.slice(0, 10), cable.id].filter(Boolean).join(" ");
    return make("li", {}, link, ...buttons, make("span", { className: "about" }, about));
  }

  function removing(cable, at) {
    const remove = () => {
      keepCables(keptCables().filter((kept) => kept.address !== cable.address), `${cable.id} removed`);
      showList();
      (all("#kept li button")[at] || first("#kept h2")).focus();
    };
    return make("button", { ariaLabel: `Remove ${cable.id}`, onclick: remove }, "Remove");
  }

  const full = (cable) => new URL(cable.address, site).href;
  // A cell that begins like a formula would be one in a spreadsheet.
  const cell = (text) => `"${text.replace(/^[=+@\t-]/, "'$&").replaceAll('"', '""')}"`;
  const actOnList = {
    keepAll: (kept) => {
      keepCables([...kept, ...sharedCables()], "Kept in the reading list");
      showList();
    },
    clear: () => {
      if (!confirm("Take all cables from the reading list?")) return;
      keepCables([], "The reading list is empty");
      showList();
    },
    text: (kept) => save("txt", kept.map((one) => `${one.id} ${one.date}\n${one.subject}\n${full(one)}\n\n`)),
    json: (kept) => save("json", [JSON.stringify(kept.map((one) => ({ ...one, url: full(one) })), null, 2), "\n"]),
    csv: (kept) => {
      const rows = kept.map((one) => [one.id, one.date, one.subject, full(one)].map(cell).join(","));
      save("csv", ["id,date,subject,url", ...rows].map((line) => `${line}\r\n`));
    },
  };

  function save(ending, pieces) {
    const href = URL.createObjectURL(new Blob(pieces));
    make("a", { href, download: `reading-list.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  }
})();
