// The preview in the browser: reloads the page when it was built anew, and shows what is broken.
// `cablepress serve` adds it to the pages it serves; it is in no published site.
//
// News come from /-/events, as JSON of generator/preview/news.py:News. The page knows of which build it is.

(() => {
  "use strict";

  const build = document.currentScript.dataset.build;
  const SCROLL = "cablepress-preview-scroll";
  const CLOSED = "cablepress-preview-closed";

  restoreScroll();
  addEventListener("load", restoreScroll, { once: true });
  // A browser opens few connections to one server: a tab that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  const panels = makePanels();
  let events = null;
  let isReloading = false;
  connect();

  function connect() {
    if (events || document.hidden) return;
    events = new EventSource("/-/events");
    events.onmessage = (message) => take(JSON.parse(message.data));
    events.onerror = () => {
      // The browser asks again by itself, unless it has given up.
      if (events && events.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }

  function disconnect() {
    if (events) events.close();
    events = null;
  }

  function take(news) {
    if (isReloading) return;
    if (news.build !== build) {
      isReloading = true;
      sessionStorage.setItem(SCROLL, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
      location.reload();
      return;
    }
    panels.styled.then(() => {
      showStatus(news);
      showFaults(news);
    });
  }

  // The scroll position, kept over a reload

  function restoreScroll(event) {
    const kept = JSON.parse(sessionStorage.getItem(SCROLL) || "null");
    if (kept && kept.page === location.pathname) scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    // Once more when pictures have their size; after that the position is the reader's.
    if (event || document.readyState === "complete") sessionStorage.removeItem(SCROLL);
  }

  // What is shown stands in a tree of its own, so that no stylesheet of the site reaches it, nor it the site.

  function makePanels() {
    const host = document.createElement("cablepress-preview");
    const shadow = host.attachShadow({ mode: "open" });
    const style = make("link", { rel: "stylesheet", href: "/-/preview.css" });
    const styled = new Promise((resolve) => (style.onload = style.onerror = resolve));
    shadow.append(style);
    document.body.append(host);
    return { shadow, styled };
  }

  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // A line in the corner: drafts are shown, a build is under way

  let buildingSoon = null;

  function showStatus(news) {
    clearTimeout(buildingSoon);
    const words = news.drafts ? "Preview with drafts" : "";
    status(words);
    // Most builds are over before one could read that they run.
    if (news.is_building) buildingSoon = setTimeout(() => status("Building\u2026"), 400);
  }

  function status(words) {
    const old = panels.shadow.querySelector(".status");
    if (old) old.remove();
    if (words) panels.shadow.append(make("p", { class: "status", role: "status" }, words));
  }

  // What is broken

  function showFaults(news) {
    const shown = JSON.stringify(news.faults);
    const old = panels.shadow.querySelector(".faults");
    if (old && old.dataset.shown === shown) return;
    if (old) old.remove();
    if (news.faults.length === 0) sessionStorage.removeItem(CLOSED);
    else if (sessionStorage.getItem(CLOSED) !== shown) openPanel(news, shown);
  }

  function openPanel(news, shown) {
    const title = news.is_failed ? "The site could not be built" : "Something in what you saved is doubtful";
    const button = make("button", { type: "button" }, "Close ", make("kbd", {}, "Esc"));
    const panel = make(
      "section",
      { class: "faults", role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "list", tabindex: "-1" },
      make("header", {}, make("h1", { id: "title" }, title), button),
      make("ol", { id: "list" }, ...news.faults.map(faultItem)),
    );
    panel.dataset.shown = shown;
    const focused = document.activeElement;

    const close = () => {
      sessionStorage.setItem(CLOSED, shown);
      panel.remove();
      removeEventListener("keydown", onKey);
      if (focused && focused.isConnected) focused.focus({ preventScroll: true });
    };
    const onKey = (event) => {
      if (event.key !== "Escape" || !panel.isConnected) return;
      event.preventDefault();
      close();
    };
    button.addEventListener("click", close);
    addEventListener("keydown", onKey);
    panels.shadow.append(panel);
    if (news.is_failed) panel.focus({ preventScroll: true });
  }

  function faultItem(fault) {
    const item = make("li", { class: fault.severity });
    if (fault.place) item.append(make("p", { class: "place" }, fault.place));
    item.append(make("p", { class: "message" }, sentence(fault.message)));
    if (fault.excerpt.length) item.append(excerpt(fault));
    if (fault.next_step) item.append(make("p", { class: "next" }, sentence(fault.next_step)));
    return item;
  }

  function excerpt(fault) {
    const width = Math.max(...fault.excerpt.map((line) => String(line.number || "").length));
    const block = make("pre", { tabindex: "0", "aria-label": "Excerpt" });
    for (const line of fault.excerpt) {
      const number = String(line.number || "").padStart(width);
      const row = make("span", { class: line.is_meant ? "line meant" : "line" }, make("i", {}, number), line.text || " ");
      block.append(row);
      if (line.is_meant && fault.column) {
        // Tabs stay tabs, so that the sign stands below what it means.
        const before = line.text.slice(0, fault.column - 1).replace(/[^\t]/g, " ");
        block.append(make("span", { class: "line sign", "aria-hidden": "true" }, make("i", {}, " ".repeat(width)), before, "^"));
      }
    }
    return block;
  }

  function sentence(words) {
    const first = words.charAt(0).toUpperCase() + words.slice(1);
    return /[.?!]$/.test(first) ? first : `${first}.`;
  }
})();
