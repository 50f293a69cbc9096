// The page of the reading list: what is kept, what an address shares, and what can be saved of it.

(() => {
  "use strict";

  const { urlOf, first, make, load, keptCables, keepCables, canKeep, ADDRESS, REFUSED } = cablepressReader;

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
    first("#kept ol").replaceChildren(...kept.map((cable) => row(cable, removing(cable))));
    first("#nothing").hidden = kept.length > 0;
    first("#kept .tools").hidden = !kept.length;
    const names = kept.map((cable) => cable.address.slice("cable/".length, -".html".length));
    first("a.share").href = `#ids=${names}`;
  }

  function row(cable, ...buttons) {
    const link = make("a", { className: "subject", href: urlOf(cable.address) }, cable.subject || cable.id);
    const about = cable.subject && `${cable.date} ${cable.id}`;
    return make("li", {}, link, ...buttons, make("span", { className: "about" }, about));
  }

  function removing(cable) {
    const remove = () => {
      keepCables(keptCables().filter((kept) => kept.address !== cable.address), `${cable.id} removed`);
      showList();
      first("#kept h2").focus();
    };
    return make("button", { ariaLabel: `Remove ${cable.id}`, onclick: remove }, "Remove");
  }

  const full = (cable) => urlOf(cable.address).href;

  // The citation of a cable; for one that was kept without it, of what is known. An address on this machine is none to cite.
  function cited(cable) {
    const { citation } = cable;
    const URL = location.protocol.startsWith("http") ? full(cable) : "";
    if (citation && typeof citation === "object") return { ...citation, URL: citation.URL || URL };
    const { id, date, subject, address } = cable;
    return {
      id: address.slice(address.lastIndexOf("/") + 1, -".html".length).replaceAll("=", "+"),
      number: id,
      title: subject,
      issued: { "date-parts": [String(date).split("-").map(Number)] },
      archive: first(".top .name")?.textContent,
      URL,
    };
  }

  // A cell that begins like a formula would be one in a spreadsheet.
  const cell = (text) => `"${String(text).replace(/^[=+@\t-]/, "'$&").replaceAll('"', '""')}"`;
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
    csv: (kept) => {
      const rows = kept.map((one) => [one.id, one.date, one.subject, full(one)].map(cell).join(","));
      save("csv", ["id,date,subject,url", ...rows].map((line) => `${line}\r\n`));
    },
    bib: (kept) => withCitations(({ bibtex, read }) => save("bib", kept.map((one) => `${bibtex(read(cited(one)))}\n\n`))),
    ris: (kept) =>
      withCitations(({ ris, read }) => save("ris", kept.map((one) => `${ris(read(cited(one)))}\n`.replaceAll("\n", "\r\n")))),
  };

  function withCitations(act) {
    if (globalThis.cablepressCite) act(cablepressCite);
    else load("cite.js", () => act(cablepressCite));
  }

  function save(ending, pieces) {
    const href = URL.createObjectURL(new Blob(pieces));
    make("a", { href, download: `reading-list.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  }

  first("#reading-list").addEventListener("click", (event) => actOnList[event.target.dataset.do]?.(keptCables()));
  addEventListener("hashchange", showList);
  addEventListener("pageshow", showList);
  if (!canKeep()) first("#nothing").textContent = REFUSED;
  first("#reading-list").hidden = false;
  first("#unlisted").hidden = true;
  showList();
})();
