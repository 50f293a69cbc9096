// Citations: of the cable of this page or of one of its paragraphs, and of kept cables. The page has all citations of its cable as
// text; here they are made anew for a paragraph, of the CSL-JSON that stands there, by the rules of `generator/render/citing/`.

globalThis.cablepressCite = (() => {
  "use strict";

  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(" ");

  // What a citation says, of an item of CSL-JSON. It may come from the browser's memory, which others may have filled.

  const text = (value) => (typeof value === "string" ? value.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim() : "");
  const names = (list) => (Array.isArray(list) ? list.map((one) => text(one?.literal)).filter((name) => name) : []);
  const list = (value) => (Array.isArray(value) ? value : []);

  function read(item) {
    const date = list(list(item.issued?.["date-parts"])[0]).slice(0, 3);
    const isDay = date.length === 3 && MONTHS[date[1] - 1] && date.every(Number.isInteger);
    const [genre, number] = [text(item.genre) || "Telegram", text(item.number)];
    const what = `${genre} ${number}`.trim();
    return {
      key: text(item.id).replace(/[\s"#%'(),={}\\]/g, ""),
      genre,
      number,
      what,
      title: text(item.title) || what,
      sender: names(item.author)[0] ?? "",
      recipients: names(item.recipient),
      date: isDay ? date : Number.isInteger(date[0]) && date[0] > 0 ? [date[0]] : [],
      archive: text(item.archive),
      url: /^https?:/.test(text(item.URL)) ? text(item.URL) : "",
    };
  }

  // The paragraph is that of an anchor: '7', or '7-2' for a second of this number.
  const numberOf = (paragraph) => paragraph.replace(/-.*/, "");
  const urlOf = (one, paragraph) => (one.url && paragraph ? `${one.url}#par${paragraph}` : one.url);

  // In prose

  // What follows a name in letters that run from right to left would be shown on its wrong side.
  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1eeff}]/u;
  const turned = (name) => (RIGHT_TO_LEFT.test(name) ? `${name}\u200e` : name);
  const stopped = (words) => (/[.?!][\u2019\u201d\u200e]*$/.test(words) ? words : `${words}.`);
  // Within quotation marks, those of a title are single ones.
  const nested = (title) =>
    turned(title.replace(/(?<![^ ([/\u2013\u2014-])"/g, "\u2018").replaceAll("\u201c", "\u2018").replace(/["\u201d]/g, "\u2019"));
  const day = ([year, month, of], names) => (month ? `${of} ${names[month - 1]} ${year}` : `${year ?? ""}`);

  function listed(recipients) {
    const shown = recipients.map(turned);
    const last = shown.pop();
    return last ? ` to ${shown.length ? `${shown.join(", ")} and ` : ""}${last}` : "";
  }

  function prose(one, paragraph) {
    const { what, date } = one;
    const [sender, archive, url, to] = [turned(one.sender), turned(one.archive), urlOf(one, paragraph), listed(one.recipients)];
    const par = paragraph && `, par. ${numberOf(paragraph)}`;
    const hasSubject = one.title !== what;
    const title = nested(one.title);
    const long = day(date, MONTHS) || "n.d.";
    const short = day(date, SHORT);
    const american = date[1] ? `${date[0]}, ${MONTHS[date[1] - 1]} ${date[2]}` : long;

    const head = sender ? `${sender}${to}, ${what[0].toLowerCase()}${what.slice(1)}` : `${what}${to}`;
    const entry = (described, place) =>
      `${sender && `${stopped(sender)} `}${hasSubject ? `\u201c${stopped(title)}\u201d ` : ""}${stopped(described + par)} ${stopped(place)}`;
    const described = `${what}${to}${paragraph && `, para. ${numberOf(paragraph)}`}`;
    const titled = hasSubject ? `${turned(one.title)} (${described})` : described;
    const dated = sender ? `${stopped(sender)} (${american}). ${stopped(titled)}` : `${titled} (${american}).`;
    return {
      "Chicago note": stopped(`${head},${hasSubject ? ` \u201c${title},\u201d` : ""} ${long}${par}, ${url || archive}`),
      "Chicago bibliography": entry(`${what}${to}, ${long}`, url || archive),
      MLA: entry(`${what}${to}${short && `, ${short}`}`, url ? `${archive}, ${url}` : archive),
      APA: `${dated} ${stopped(archive)}${url && ` ${url}`}`,
    };
  }

  // For programs

  const note = (one, paragraph) =>
    [one.recipients.length && `To ${one.recipients.join(", ")}`, paragraph && `par. ${numberOf(paragraph)}`].filter((said) => said).join(", ");

  const TEX = {
    "\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum",
    "`": "asciigrave", "<": "less", ">": "greater", "|": "bar",
  };
  // Signs that TeX would join to a dash or a quotation mark are kept apart.
  const tex = (words) =>
    words.replace(/[\\{}~^`<>|%&$#_]/g, (sign) => (TEX[sign] ? `{\\text${TEX[sign]}}` : `\\${sign}`)).replace(/([-',])(?=\1)/g, "$1{}");

  function bibtex(one, paragraph = "") {
    const [year, month, of] = one.date;
    const fields = [
      ["author={{", tex(one.sender), "}}"],
      ["title={{", tex(one.title), "}}"],
      ["type={", tex(one.genre), "}"],
      ["number={", tex(one.number), "}"],
      ["institution={{", tex(one.sender), "}}"],
      ["year=", year, ""],
      ["month=", month && MONTHS[month - 1].slice(0, 3).toLowerCase(), ""],
      ["day=", of, ""],
      ["note={", tex(note(one, paragraph)), "}"],
      ["library={{", tex(one.archive), "}}"],
      ["url={", urlOf(one, paragraph).replace(/[{}\\]/g, encodeURIComponent), "}"],
    ];
    return `@techreport{${one.key},\n${fields.filter(([, value]) => value).map((field) => field.join("")).join(",\n")}}`;
  }

  function ris(one, paragraph = "") {
    const [year, month, of] = one.date;
    const two = (number) => String(number).padStart(2, "0");
    const lines = [
      ["TY", "RPRT"],
      ["ID", one.key],
      ["AU", one.sender],
      ["TI", one.title],
      ["M3", one.genre],
      ["SN", one.number],
      ["PB", one.sender],
      ["PY", year],
      ["DA", month && `${year}/${two(month)}/${two(of)}`],
      ["N1", note(one, paragraph)],
      ["DB", one.archive],
      ["UR", urlOf(one, paragraph)],
    ];
    return `${lines.map(([tag, value]) => (value ? `${tag}  - ${value}\n` : "")).join("")}ER  - \n`;
  }

  function csl(item, paragraph) {
    const url = item.URL && { URL: urlOf({ url: item.URL }, paragraph) };
    const one = { ...item, ...url, ...(paragraph && { locator: `par. ${numberOf(paragraph)}` }) };
    const fields = Object.entries(one).filter(([, value]) => value !== undefined);
    return `[{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",\n")}}]`;
  }

  const forms = (item, paragraph = "") => {
    const one = read(item);
    return { ...prose(one, paragraph), BibTeX: bibtex(one, paragraph), RIS: ris(one, paragraph), "CSL-JSON": csl(item, paragraph) };
  };

  // The citations of a page: a button to copy each, and a field for the paragraph, which is first that of the address.

  function offer(box) {
    const { make, say } = cablepressReader;
    const item = JSON.parse(box.querySelector("dd:last-child pre").textContent)[0];
    const isPublic = location.protocol.startsWith("http") && !/^(localhost|127\.|\[)/.test(location.hostname);
    if (!item.URL && isPublic) item.URL = location.origin + location.pathname;
    const places = new Map(
      [...box.querySelectorAll("dt")].map((dt) => [dt.textContent.trim(), dt.nextElementSibling.querySelector("pre") ?? dt.nextElementSibling]),
    );
    const isThere = (paragraph) => document.getElementById(`par${paragraph}`) !== null;
    let made = {};

    function show(paragraph) {
      made = forms(item, paragraph);
      for (const [name, place] of places) if (name in made) place.textContent = made[name];
    }

    function showThatOfAddress() {
      const paragraph = /^#par(\d+(-\d+)?)$/.exec(location.hash)?.[1] ?? "";
      field.value = paragraph && isThere(paragraph) ? numberOf(paragraph) : "";
      show(field.value && paragraph);
    }

    async function copy(name) {
      try {
        await navigator.clipboard.writeText(made[name]);
        say(`${name} copied`);
      } catch {
        getSelection().selectAllChildren(places.get(name));
        say(`${name} selected, to be copied with the keys of your system`);
      }
    }

    const field = make("input", { type: "number", min: 1 });
    field.addEventListener("input", () => {
      if (field.value && !isThere(field.value)) say(`There is no paragraph ${field.value}; the cable is cited`);
      show(isThere(field.value) ? field.value : "");
    });
    for (const [name, place] of places) {
      place.closest("dd").previousElementSibling.append(" ", make("button", { ariaLabel: `Copy ${name}`, onclick: () => copy(name) }, "Copy"));
    }
    if (document.querySelector(".text [id^=par]")) {
      box.querySelector("dl").before(make("p", {}, make("label", {}, "Paragraph ", field)));
    }
    addEventListener("hashchange", showThatOfAddress);
    showThatOfAddress();
  }

  const box = document.querySelector("#cite");
  if (box) offer(box);
  return { read, bibtex, ris, forms };
})();
