// Small comforts: a remembered view, keys, links to copy, a reading list. No page needs this file. What is kept stays in
// this browser, under the archive's own path, and is shown as text, never as HTML.

(async () => {
  "use strict";

  const site = new URL("..", document.currentScript.src);
  // The address of this page, 'tag/PGOV.html', of which some hosts drop the ending.
  const here = location.pathname.slice(site.pathname.length).replace(/\/[^./]+$/, "$&.html");
  // Where the archive is, and each of its pages; those of a split archive are in parts.
  const { portal = site, urlOf = (address) => new URL(address, site) } = globalThis.cablepressParts ?? {};
  const first = (selector) => document.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (name, values, ...children) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  };

  const load = (name, onload = null) => document.head.append(make("script", { src: new URL(`assets/${name}`, site), onload }));

  // What the browser remembers; it may refuse to, or be full.

  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem(`${portal.pathname} ${name}`));
    } catch {
      return null;
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`${portal.pathname} ${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  // Set as soon as this file is there, mostly before a page is painted.
  const setView = (view) => Object.assign(document.documentElement.dataset, view);
  const keptView = () => ({ colours: "System", text: "Normal text", keys: "Keys on", ...recall("view") });
  setView(keptView());
  if (document.readyState === "loading") await new Promise((ready) => addEventListener("DOMContentLoaded", ready));

  // A line that appears for a moment

  const status = make("p", { className: "status", role: "status" });
  let statusTimer = 0;
  document.body.append(status);

  function say(words) {
    status.textContent = words;
    clearTimeout(statusTimer);
    statusTimer = setTimeout(() => (status.textContent = ""), 4000);
  }

  // The view: colours at the top, text size and keys at the foot

  const choice = (...options) => make("select", { ariaLabel: options[0] }, ...options.map((text) => make("option", {}, text)));
  const view = { colours: first("#view"), text: choice("Small text", "Normal text", "Large text"), keys: choice("Keys on", "Keys off") };
  first("footer")?.append(view.text, view.keys);
  for (const [name, select] of Object.entries(view)) {
    if (select) select.onchange = () => {
      setView({ [name]: select.value });
      remember("view", { ...keptView(), [name]: select.value });
    };
  }
  const showView = () => {
    for (const [name, value] of Object.entries(keptView())) if (view[name]) view[name].value = value;
  };
  addEventListener("pageshow", showView);
  showView();

  // Keys

  const actions = { j: () => step(1), k: () => step(-1), "/": find, "?": showKeys };

  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
    if (!Object.hasOwn(actions, event.key) || isTyping || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || keptView().keys !== "Keys on") return;
    event.preventDefault();
    actions[event.key]();
  });

  // To the next cable or the one before; in a list, to the row.
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

  // To the box of the search; where there is none, to the index of TAGS
  function find() {
    const box = first("[name=q]");
    if (box) box.focus();
    else location.assign(urlOf("tag/index.html"));
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
      make("p", {}, "They are turned off at the foot of the page."),
      make("button", { onclick: () => dialog.close() }, "Close"),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  // The script of the search comes when its box is used, and where a link asks for words to be marked.

  const box = first(".top [name=q]");
  box?.addEventListener("focus", () => load("search.js"), { once: true });
  if (box === document.activeElement || location.search.startsWith("?find=")) box?.dispatchEvent(new Event("focus"));

  // A click on the number of a paragraph, or on the address of a reading list, copies it too.

  addEventListener("click", (event) => {
    const link = event.target.closest?.(".text a[href^='#par'], a.share[href]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    navigator.clipboard.writeText(link.href).then(
      () => say("Link copied"),
      () => {},
    );
  });

  // The reading list: cables as { address, id, subject, date, citation }, in the order in which they were kept. A citation is
  // an item of CSL-JSON, which lists of former years do not have.

  const REFUSED = "This browser keeps nothing for this site.";
  const ADDRESS = /^cable(\/[\w=-]+)+\.html$/;

  function keptCables() {
    const kept = recall("reading list");
    return Array.isArray(kept) ? kept.filter((one) => ADDRESS.test(one?.address)) : [];
  }

  function keepCables(cables, words) {
    say(remember("reading list", cables) ? words : REFUSED);
  }

  const canKeep = () => remember("reading list", keptCables());

  const button = first("button.keep");
  if (button && canKeep()) {
    const isKept = () => keptCables().some((cable) => cable.address === here);
    const show = () => (button.textContent = isKept() ? "Kept" : "Keep");
    const cable = { address: here, id: first(".id").textContent, date: first("time").dateTime.slice(0, 10), subject: first("h1").textContent };
    try {
      [cable.citation] = JSON.parse(first("#cite dd:last-child pre").textContent);
    } catch {}
    button.addEventListener("click", () => {
      const others = keptCables().filter((kept) => kept.address !== here);
      if (isKept()) keepCables(others, "Taken from the reading list");
      else keepCables([...others, cable], "Kept in the reading list");
      show();
    });
    addEventListener("pageshow", show);
    button.hidden = false;
    show();
  }

  // The page of the list, and what cites a cable, have scripts of their own, loaded where they are used.

  globalThis.cablepressReader = { urlOf, first, make, say, load, keptCables, keepCables, canKeep, ADDRESS, REFUSED };
  if (first("#reading-list")) load("reading-list.js");

  const cite = first("#cite");
  if (cite?.open) load("cite.js");
  else cite?.addEventListener("toggle", () => load("cite.js"), { once: true });
})();
