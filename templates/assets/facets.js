// The facets of the search page: how many of the cables that were found there are by year, TAGS, origin, country and level, as links
// that narrow the search. `search-page.js` loads this after its first results. What a facet chooses is a word of the query.

globalThis.cablepressFacets = (() => {
  "use strict";

  const { all, make, counted } = cablepressSearch;
  const MOST_SHOWN = 8; // values of a facet; the others are folded
  const [WIDTH, HEIGHT, WIDEST] = [280, 60, 14]; // of the picture and of a bar's place, in units of the picture

  function draw(name, values, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // A query as text: its parts, and what facets put in and take out

  const TIME = /^(?:date:.*\d.*|\d{4}-\d\d(?:-\d\d)?|(?:\d{4}[\d-]*)?\.\.(?:\d{4}[\d-]*)?)$/i; // 'date:2008', '2008-11', '2007..2009'
  const partsOf = (query) => query.match(/(?:[^\s"]*"[^"]*"?)|\S+/g) ?? [];
  const same = (one, other) => one.toLowerCase() === other.toLowerCase();
  const hasPart = (query, part) => partsOf(query).some((one) => same(one, part));
  const closed = (query) => (query.split('"').length % 2 ? query : `${query}"`); // what follows is no part of a phrase
  const withPart = (query, part) => [...partsOf(closed(query)), part].join(" ");
  const withoutPart = (query, part) => partsOf(query).filter((one) => !same(one, part)).join(" ");
  const withoutTime = (query) => partsOf(query).filter((one) => !TIME.test(one)).join(" ");

  // The first and the last year that a query asks for, [2007, 2009]; null where it does not tell a time
  function yearsOf(query) {
    const time = partsOf(query).find((part) => TIME.test(part));
    if (!time) return null;
    const [from, to = from] = time.replace(/^date:/i, "").split("..");
    return [from ? Number.parseInt(from) : -Infinity, to ? Number.parseInt(to) : Infinity];
  }

  function withYears(query, one, other) {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return withPart(withoutTime(query), from === to ? `date:${from}` : `${from}..${to}`);
  }

  // Fills a place of the page. `years` are those of the query without its time; `link`, `addressOf` and `go` lead to other
  // queries.
  function showFacets(place, counts, years, { query, link, addressOf, go, signal }) {
    const countryPart = (country) => (/^[\p{L}\p{N}]+$/u.test(country) ? `from:${country.toLowerCase()}` : `from:"${country.toLowerCase()}"`);

    function folded(name, className, ...children) {
      const details = make("details", { className }, make("summary", {}, name), ...children);
      details.dataset.key = `facet ${name}`;
      return details;
    }

    function valuesFacet(name, values) {
      const lines = values.map(({ part, label, meaning, count }) => {
        const isChosen = hasPart(query, part);
        const q = isChosen ? withoutPart(query, part) : withPart(query, part);
        const value = link({ q }, make("b", {}, label), meaning ? ` ${meaning}` : "");
        if (isChosen) value.ariaCurrent = "true";
        value.dataset.key = part;
        return make("li", {}, value, " ", make("span", { className: "count" }, count.toLocaleString("en")));
      });
      const list = (some) => make("ul", { className: "counts" }, ...some);
      const rest = lines.splice(MOST_SHOWN);
      const more = rest.length ? folded(`${rest.length.toLocaleString("en")} more`, "", list(rest)) : null;
      if (more) more.dataset.key = `more ${name}`;
      return folded(name, "facet", list(lines), more);
    }

    // The histogram of years

    function yearsFacet(years) {
      const counts = new Map(years.filter(([year]) => year !== "").map(([year, count]) => [Number(year), count]));
      if (!counts.size) return [];
      const [low, high] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
      const most = Math.max(...counts.values());
      const chosen = yearsOf(query);
      const isChosen = (year) => chosen && year >= chosen[0] && year <= chosen[1];
      const step = Math.min(WIDEST, WIDTH / (high - low + 1));
      const svg = draw("svg", { viewBox: `-14 -18 ${WIDTH + 28} ${HEIGHT + 34}`, role: "group", "aria-label": "Cables by year" });
      svg.append(draw("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }));
      for (let year = low; year <= high; year += 1) {
        const [count, x] = [counts.get(year) ?? 0, (year - low) * step];
        const height = count && Math.max(2, Math.round((count / most) * HEIGHT));
        const bar = draw(
          "a",
          { href: addressOf({ q: queryOfYear(year, chosen) }), "data-key": `year ${year}`, "data-year": year, ...(isChosen(year) && { "aria-current": "true" }) },
          draw("rect", { class: "reach", x, y: -6, width: step, height: HEIGHT + 6 }),
          draw("rect", { x, y: HEIGHT - height, width: step * 0.8, height }),
          draw("text", { class: "told", y: -8 }, `${year}: ${counted(count, "cable")}`),
        );
        if (count) svg.append(bar);
        const isLabelled = year === low || year === high || (year % 10 === 0 && (year - low) * step > 32 && (high - year) * step > 32);
        if (isLabelled) svg.append(draw("text", { x: x + step * 0.4, y: HEIGHT + 14 }, String(year)));
      }
      if (chosen) svg.classList.add("chosen");
      dragYears(svg);
      const lines = [...counts].sort(([one], [other]) => one - other).map(([year, count]) => {
        const value = link({ q: queryOfYear(year, chosen) }, String(year));
        value.dataset.key = `line ${year}`;
        if (isChosen(year)) value.ariaCurrent = "true";
        return make("tr", {}, Object.assign(make("th", { scope: "row" }, value)), make("td", {}, count.toLocaleString("en")));
      });
      const undated = years.find(([year]) => year === "")?.[1];
      if (undated) lines.push(make("tr", {}, make("th", { scope: "row" }, "Undated"), make("td", {}, undated.toLocaleString("en"))));
      const head = make("tr", {}, make("th", { scope: "col" }, "Year"), make("th", { scope: "col" }, "Cables"));
      const hint = chosen ? link({ q: withoutTime(query) }, "All years") : "Choose a year, then another for those between.";
      const table = folded("The years as a table", "", make("table", { className: "numbers" }, head, ...lines));
      return [folded("Years", "facet", make("div", { className: "histogram" }, svg), make("p", { className: "quiet" }, hint), table)];
    }

    // What a click on a year asks for: this year; after one other year, those between; once more on the same, all.
    function queryOfYear(year, chosen) {
      if (!chosen || chosen[0] !== chosen[1]) return withYears(query, year, year);
      return chosen[0] === year ? withoutTime(query) : withYears(query, chosen[0], year);
    }

    function dragYears(svg) {
      const bars = all("a", svg);
      const yearAt = (event) => Number(document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-year]")?.dataset.year) || null;
      let from = null;
      let to = null;
      svg.addEventListener("dragstart", (event) => event.preventDefault());
      svg.addEventListener("pointerdown", (event) => ([from, to] = event.button ? [null, null] : [yearAt(event), null]));
      svg.addEventListener("pointermove", (event) => {
        if (!from || !event.buttons) return;
        to = yearAt(event) ?? to;
        const [low, high] = [Math.min(from, to ?? from), Math.max(from, to ?? from)];
        for (const bar of bars) bar.classList.toggle("dragged", bar.dataset.year >= low && bar.dataset.year <= high);
      });
      // Where a drag ends on another bar, no click follows; where it ends on the same, that is a click.
      addEventListener("pointerup", () => {
        if (from && to && from !== to) go(addressOf({ q: withYears(query, from, to) }), { isNew: true });
        from = null;
      }, { signal });
    }

    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const opened = new Map(all("details", place).map((details) => [details.dataset.key, details.open]));
    const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const groups = [
      ["TAGS", counts.tags.map(([code, name, count]) => ({ part: `tag:${code}`, label: code, meaning: name, count }))],
      ["Origins", counts.posts.map(([post, name, , count]) => ({ part: `from:${letters(post)}`, label: name || post, count }))],
      ["Countries", counts.countries.map(([country, count]) => ({ part: countryPart(country), label: country, count }))],
      ["Classifications", counts.levels.map(([level, count]) => ({ part: `class:${letters(level)}`, label: level, count }))],
    ];
    place.replaceChildren(
      make("h2", { className: "unseen" }, "Narrow the search"),
      ...yearsFacet(years),
      ...groups.filter(([, values]) => values.length).map(([name, values]) => valuesFacet(name, values)),
    );
    const isWide = matchMedia("(min-width: 62rem)").matches;
    for (const details of all("details", place)) details.open = opened.get(details.dataset.key) ?? (isWide && details.matches(".facet"));
    if (focused) all("[data-key]", place).find((element) => element.dataset.key === focused)?.focus();
  }

  return { showFacets, yearsOf, withoutTime };
})();
