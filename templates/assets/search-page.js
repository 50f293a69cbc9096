// The search page: every state of it is in its address. Text of the archive is only ever set as text, never as HTML.

(() => {
  "use strict";

  const { urlOf, first, all, make, listed, counted, load, openLookup, openFinder, addressOfId } = cablepressSearch;
  const { inLink, places, stretches, marked, textOf, blocksOf } = cablepressMarks;

  // A field that suggests (ARIA 1.2, an editable combobox whose list is chosen from by hand). `suggest` gives for a text
  // [{ label, note, choose }]; nothing is chosen but by a key or a click.

  function suggesting(field, suggest) {
    const list = make("ul", { id: "suggestions", role: "listbox", ariaLabel: "Suggestions", hidden: true });
    field.after(list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    let suggestions = [];
    let asked = 0;

    function show(next) {
      suggestions = next;
      const options = suggestions.map(({ label, note, choose }, at) => {
        const onclick = () => {
          close();
          choose();
        };
        const count = make("span", { className: "count" }, note);
        return make("li", { id: `suggestion${at}`, role: "option", ariaSelected: "false", onclick }, label, " ", count);
      });
      list.replaceChildren(...options);
      list.hidden = !suggestions.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      field.removeAttribute("aria-activedescendant");
    }

    function close() {
      asked += 1;
      show([]);
    }

    async function ask() {
      const number = (asked += 1);
      const next = await suggest(field.value).catch(() => []);
      if (number === asked && document.activeElement === field) show(next);
    }

    function move(by) {
      const at = all("[role=option]", list).findIndex((option) => option.ariaSelected === "true");
      const count = suggestions.length + 1; // the field itself is one of the places
      const to = (at + 1 + by + count) % count;
      all("[role=option]", list).forEach((option, place) => {
        option.ariaSelected = String(place === to - 1);
        if (place === to - 1) option.scrollIntoView({ block: "nearest" });
      });
      if (to) field.setAttribute("aria-activedescendant", `suggestion${to - 1}`);
      else field.removeAttribute("aria-activedescendant");
    }

    field.addEventListener("input", ask);
    field.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const active = first("[aria-selected=true]", list);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && active) {
        event.preventDefault();
        active.click();
      } else if (event.key === "Enter") close();
    });
  }

  // The query with another word in the place of one that the archive does not have
  const withWord = (query, word, other) =>
    query.replace(/[\p{L}\p{N}\p{M}]+/gu, (one) => (cablepress.tokens(one)[0] === word ? other : one));

  // The page

  const PER_PAGE = 10;
  const ORDERS = { relevance: "Best first", oldest: "Oldest first", newest: "Newest first" };
  const TYPING_STOPS = 150; // milliseconds without a letter
  const LONGEST_PASSAGE = 280; // letters
  const KEPT_PAGES = 50; // of cables, for their passages

  function searchPage(form) {
    const field = form.elements.q;
    const [told, notes, results, facets] = ["#told", "#notes", "#results", "#facets"].map((id) => first(id));
    const title = document.title;
    const isFromDisk = location.protocol === "file:";
    const postNames = new Map(); // which facets tell
    let state = readState();
    let isDraft = false; // whether the address is one that was being typed
    let running = new AbortController();
    let timer = 0;

    function readState() {
      const params = new URLSearchParams(location.search);
      const order = params.get("order");
      return {
        q: params.get("q") ?? "",
        order: Object.hasOwn(ORDERS, order) ? order : "relevance",
        page: Math.max(1, Math.trunc(Number(params.get("page"))) || 1),
      };
    }

    // The address of a state, with changes; a change of the query or the order begins at the first page.
    function addressOf(changes) {
      const { q, order, page } = { ...state, page: 1, ...changes };
      const params = new URLSearchParams({ q });
      if (order !== "relevance") params.set("order", order);
      if (page > 1) params.set("page", page);
      return `?${params}`;
    }

    const link = (changes, ...children) => make("a", { href: addressOf(changes) }, ...children);

    // A search that was entered or clicked is a step to which Back leads; all that is typed after it is one other.
    function go(address, { isTyping = false, isNew = !isDraft } = {}) {
      history[isNew ? "pushState" : "replaceState"](null, "", address);
      isDraft = isTyping;
      state = readState();
      run(isTyping);
    }

    async function run(isTyping = false) {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      clearTimeout(timer);
      if (field.value !== state.q && document.activeElement !== field) field.value = state.q;
      document.title = state.q ? `${state.q} · ${title}` : title;
      if (!state.q.trim()) return clear();
      told.textContent = "Searching ...";
      try {
        await search(isTyping, signal);
      } catch (error) {
        if (signal.aborted) return;
        clear();
        told.textContent = `This could not be searched. ${error.message}`;
      }
    }

    function clear() {
      told.textContent = "";
      for (const place of [notes, results, facets]) place.replaceChildren();
    }

    async function search(isTyping, signal) {
      const finder = await openFinder();
      let isFirst = true;
      // What is found first is shown at once. Then only its number grows, until all is known and stands in its order.
      const onProgress = async (found) => {
        if (!isFirst) return void (told.textContent = `Searching ... ${counted(found.cables.length, "cable")} so far`);
        isFirst = false;
        await showResults(finder, found, signal);
      };
      const found = await finder.search(state.q, { order: state.order, signal, onProgress, isTyping });
      const known = await finder.lookUp(state.q, { signal });
      if (signal.aborted) return;
      showNotes(found, known, isTyping);
      await showResults(finder, found, signal);
      if (signal.aborted) return;
      if (!found.cables.length) return facets.replaceChildren();
      // Facets read more of the index than results do; they wait until nobody types.
      if (isTyping) await new Promise((later) => setTimeout(later, 3 * TYPING_STOPS));
      if (!signal.aborted) await showFacets(finder, found, signal);
    }

    // Notes

    function showNotes(found, known, isTyping) {
      // A word that is still typed may become one that the archive has.
      const typed = isTyping ? cablepress.tokens(state.q).at(-1) : undefined;
      const lines = [...found.notes, ...(known?.notes ?? [])].filter(({ word }) => !word || word !== typed).map(noteLine);
      if (known?.ids.length) lines.unshift(["A cable has this id: ", ...listed(known.ids.map(cableLink))]);
      else if (known?.nearest.length) lines.unshift(["No cable has this id. The nearest: ", ...listed(known.nearest.map(cableLink))]);
      notes.replaceChildren(...lines.map((line) => make("p", {}, ...line)));
    }

    const cableLink = ({ id, address }) => make("a", { href: urlOf(address) }, id);

    // The nearest words, which the text of a note names at its end, are links to the query with them.
    function noteLine({ text, nearest = [], word }) {
      const at = nearest.length ? text.lastIndexOf(nearest.join(", ")) : -1;
      if (at < 0) return [text];
      const links = nearest.map((near) => link({ q: withWord(state.q, word, near) }, near));
      return [text.slice(0, at), ...listed(links), text.slice(at + nearest.join(", ").length)];
    }

    // Results

    async function showResults(finder, found, signal) {
      // An address may ask for more pages than there are.
      if (found.isWhole) state.page = Math.min(state.page, Math.ceil(found.cables.length / PER_PAGE) || 1);
      const from = (state.page - 1) * PER_PAGE;
      const rows = await finder.cables(found.cables.slice(from, from + PER_PAGE), signal);
      if (signal.aborted) return;
      const count = counted(found.cables.length, "cable");
      const here = state.page > 1 && rows.length ? `, ${from + 1} to ${from + rows.length}` : "";
      const isUnread = found.notes.some(({ kind }) => kind === "unread");
      const none = isUnread ? "No cable was found in what could be read." : "No cable has all of this.";
      if (!found.isWhole) told.textContent = `Searching ... ${count} so far`;
      else told.textContent = found.cables.length ? `${count}${here}` : none;
      const lines = rows.filter(Boolean).map((row) => resultLine(row, found));
      const unnamed = rows.length - lines.length;
      const fromDisk = "This archive is read from disk, where passages of the cables cannot be shown here.";
      const head = [orderLinks(), isFromDisk ? make("p", { className: "quiet" }, fromDisk) : ""];
      const list = make("ol", { className: "cables", start: from + 1 }, ...lines.map((line) => line.item));
      const lacking = unnamed ? make("p", {}, `${counted(unnamed, "cable")} cannot be shown here: a part of the index could not be read.`) : "";
      results.replaceChildren(...(found.cables.length ? [...head, list, lacking, pager(found.cables.length)] : []));
      if (!isFromDisk && found.isWhole) for (const line of lines) whenInSight(line.item, () => showPassage(line, found, signal), signal);
    }

    function orderLinks() {
      const links = Object.entries(ORDERS).map(([order, label]) => {
        const here = link({ order }, label);
        if (order === state.order) here.ariaCurrent = "true";
        return make("li", {}, here);
      });
      return make("nav", { className: "orders", ariaLabel: "Order" }, make("ul", {}, ...links));
    }

    function resultLine(row, found) {
      const href = urlOf(row.address);
      href.search = new URLSearchParams({ find: inLink(found) });
      const subject = make("a", { className: "subject", href }, ...marked(row.subject, found));
      const passage = isFromDisk ? null : make("p", { className: "passage" });
      const level = row.level && make("span", { className: `level ${row.level.toLowerCase().replaceAll(" ", "-")}` }, row.level);
      const post = row.post && make("span", { className: "post" }, postNames.get(row.post) ?? row.post);
      if (post) post.dataset.post = row.post;
      const date = make("span", {}, row.date.slice(0, 10) || "undated");
      const about = make("span", { className: "about" }, ...[date, make("span", { className: "id" }, row.name), post, level].filter(Boolean));
      return { row, subject, passage, item: make("li", {}, subject, passage, about) };
    }

    function pager(total) {
      const { page } = state;
      const links = [
        page > 1 ? Object.assign(link({ page: page - 1 }, "Previous results"), { rel: "prev" }) : null,
        page * PER_PAGE < total ? Object.assign(link({ page: page + 1 }, "More results"), { rel: "next" }) : null,
      ];
      return make("nav", { className: "beside", ariaLabel: "More results", hidden: !links.some(Boolean) }, ...links);
    }

    // Passages: the paragraph of a cable that has most of what is wanted

    const pages = new Map(); // by address

    function pageOf(address) {
      if (!pages.has(address)) {
        const page = fetch(urlOf(address))
          .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
          .then((text) => new DOMParser().parseFromString(text, "text/html"));
        page.catch(() => pages.delete(address));
        pages.set(address, page);
        if (pages.size > KEPT_PAGES) pages.delete(pages.keys().next().value);
      }
      return pages.get(address);
    }

    async function showPassage({ row, subject, passage }, found, signal) {
      try {
        const blocks = blocksOf(await pageOf(row.address)).map((one) => ({ ...one, text: textOf(one.block).replace(/\s+/g, " ").trim() }));
        const { text, paragraph } = bestOf(blocks, found);
        if (signal.aborted) return;
        if (paragraph) subject.hash = paragraph;
        passage.replaceChildren(...marked(cut(text, found), found));
      } catch {
        if (!signal.aborted) passage.textContent = "The page of this cable could not be read.";
      }
    }

    // The block that has most of what is wanted; where none has any, as with a word that the header has, the first paragraph.
    function bestOf(blocks, found) {
      let best = blocks.find(({ block, text }) => block.matches("p") && text) ?? { text: "", paragraph: "" };
      let most = 0;
      for (const block of blocks) {
        const has = new Set(places(block.text, found).map((place) => place.what)).size;
        if (has > most) [best, most] = [block, has];
      }
      return most ? best : { text: best.text, paragraph: "" };
    }

    // So much of a long text as a result shows, where it has most of what is wanted, between blanks.
    function cut(text, found) {
      if (text.length <= LONGEST_PASSAGE) return text;
      const starts = stretches(text, found).map((place) => place.start);
      const within = (start) => starts.filter((other) => other >= start && other < start + LONGEST_PASSAGE / 2).length;
      const densest = starts.reduce((best, start) => (within(start) > within(best) ? start : best), starts[0] ?? 0);
      const around = Math.min(Math.max(0, densest - LONGEST_PASSAGE / 4), text.length - LONGEST_PASSAGE);
      const start = around ? text.indexOf(" ", around) + 1 : 0;
      const last = start + LONGEST_PASSAGE < text.length ? text.lastIndexOf(" ", start + LONGEST_PASSAGE) : text.length;
      const end = last > start ? last : start + LONGEST_PASSAGE;
      return `${start ? "...\u00a0" : ""}${text.slice(start, end)}${end < text.length ? "\u00a0..." : ""}`;
    }

    function whenInSight(element, act, signal) {
      const watch = new IntersectionObserver((seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        watch.disconnect();
        act();
      });
      watch.observe(element);
      signal.addEventListener("abort", () => watch.disconnect());
    }

    // Facets

    async function showFacets(finder, found, signal) {
      try {
        await load("facets.js");
      } catch (error) {
        return notes.append(make("p", {}, `This search cannot be narrowed. ${error.message}`));
      }
      const { yearsOf, withoutTime } = cablepressFacets;
      const counts = await finder.facets(found.cables, signal);
      // Years that are left out can only be chosen where they are shown: the histogram is that of the query without its time.
      let { years } = counts;
      if (yearsOf(state.q) && withoutTime(state.q)) {
        const ofAll = await finder.search(withoutTime(state.q), { order: state.order, signal });
        ({ years } = await finder.facets(ofAll.cables, signal));
      }
      if (signal.aborted) return;
      for (const [post, name] of counts.posts) postNames.set(post, name);
      for (const post of all("[data-post]", results)) post.textContent = postNames.get(post.dataset.post) ?? post.dataset.post;
      for (const note of counts.notes) if (!notes.textContent.includes(note.text)) notes.append(make("p", {}, note.text));
      cablepressFacets.showFacets(facets, counts, years, { query: state.q, link, addressOf, go, signal });
    }

    // What a reader does

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => go(addressOf({ q: field.value }), { isTyping: true }), TYPING_STOPS);
    });

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      const q = field.value.trim();
      const address = await addressOfId(q);
      if (address) return location.assign(address);
      if (q !== state.q) return go(addressOf({ q }));
      isDraft = false; // what was typed is entered now
      run();
    });

    // Links to states of this page are followed without loading it anew.
    addEventListener("click", (event) => {
      const to = event.target.closest?.("#notes a, #results a, #facets a");
      const href = to && new URL(to.href.baseVal ?? to.href, location);
      if (!href || href.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      field.value = new URLSearchParams(href.search).get("q");
      const isPage = to.matches("[rel]");
      go(href.search, { isNew: true });
      if (isPage) {
        told.tabIndex = -1;
        told.focus();
      }
    });

    addEventListener("popstate", () => {
      isDraft = false;
      state = readState();
      field.value = state.q;
      run();
    });

    suggesting(field, async (text) => {
      const known = await (await openLookup()).lookUp(text, { isExact: true });
      const ids = (known?.ids ?? []).map(({ id, address }) => ({
        label: id,
        note: "go to this cable",
        choose: () => location.assign(urlOf(address)),
      }));
      const last = /(?:^|[\s-])([\p{L}\p{N}\p{M}]{2,})$/u.exec(text);
      if (ids.length || !last) return ids;
      const words = await (await openFinder()).complete(last[1]);
      return words.map(({ word, count }) => ({
        label: word,
        note: counted(count, "cable"),
        choose: () => {
          field.value = `${text.slice(0, text.length - last[1].length)}${word}`;
          go(addressOf({ q: field.value }));
        },
      }));
    });

    field.value = state.q;
    if (!state.q) field.focus();
    run();
  }

  searchPage(first("#search"));
})();
