// What a search found, marked: in passages on the search page, and in the cable to which a result led. It needs `lookup.js`, whose
// tokens are those of the index.

globalThis.cablepressMarks = (() => {
  "use strict";

  const { first, all, make } = cablepressSearch;

  // What is to be marked: words, beginnings of words and phrases, as a link has them: 'salt negotiat* "open road"'

  const inLink = ({ words, phrases }) =>
    [
      ...words.map((word) => (word.prefix === undefined ? word : `${word.prefix}*`)),
      ...phrases.map((phrase) => `"${phrase.join(" ")}"`),
    ].join(" ");

  function fromLink(text) {
    const wanted = { words: [], phrases: [] };
    for (const [, phrase, word, star] of text.matchAll(/"([^"]*)"|([^\s"*]+)(\*?)/g)) {
      if (phrase !== undefined) wanted.phrases.push(phrase.split(" "));
      else wanted.words.push(star ? { prefix: word } : word);
    }
    return wanted;
  }

  const STRETCH = /(?:\p{L}\p{M}*\.){2,}|[\p{L}\p{N}\p{M}]+/gu; // of a text that is one token, or a few

  // Where a text has what is wanted: [{ start, end, what }], in order; `what` tells one wanted thing from another.
  function places(text, wanted) {
    const tokens = [...text.matchAll(STRETCH)].flatMap((found) =>
      cablepress.tokens(found[0]).map((token) => ({ token, start: found.index, end: found.index + found[0].length })),
    );
    const is = (token, word) => (word.prefix === undefined ? token === word : token.startsWith(word.prefix));
    const found = [];
    tokens.forEach(({ token, start, end }, at) => {
      const word = wanted.words.findIndex((one) => is(token, one));
      if (word >= 0) found.push({ start, end, what: `word ${word}` });
      wanted.phrases.forEach((phrase, number) => {
        if (phrase.every((one, step) => tokens[at + step]?.token === one))
          found.push({ start, end: tokens[at + phrase.length - 1].end, what: `phrase ${number}` });
      });
    });
    return found;
  }

  // The same, what overlaps joined
  function stretches(text, wanted) {
    const joined = [];
    for (const { start, end } of places(text, wanted)) {
      const last = joined.at(-1);
      if (last && start < last.end) last.end = Math.max(last.end, end);
      else joined.push({ start, end });
    }
    return joined;
  }

  // A text with what is wanted in <mark>
  function marked(text, wanted) {
    const children = [];
    let done = 0;
    for (const { start, end } of stretches(text, wanted)) {
      children.push(text.slice(done, start), make("mark", {}, text.slice(start, end)));
      done = end;
    }
    return [...children, text.slice(done)];
  }

  // The paragraphs of a cable's page

  // The texts of a block as it reads: without what was only sent, numbers of paragraphs and portion marks.
  function textNodes(block) {
    const nodes = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentNode.closest("del, .n, small")) nodes.push(walker.currentNode);
    return nodes;
  }

  const textOf = (block) => textNodes(block).map((node) => node.data).join("");

  // Each block of a cable's text, with the paragraph it stands in: [{ block, paragraph }]; '' before the first. Notes of the
  // editor are none of it.
  function blocksOf(page) {
    let paragraph = "";
    return all(".text > :not(del, blockquote, .note), .text > blockquote > *", page).map((block) => {
      paragraph = block.id || first("[id^=par]", block)?.id || paragraph;
      return { block, paragraph };
    });
  }

  function markBlock(block, wanted) {
    const nodes = textNodes(block);
    const found = stretches(nodes.map((node) => node.data).join(""), wanted).reverse();
    let end = nodes.reduce((length, node) => length + node.data.length, 0);
    for (const node of nodes.reverse()) {
      const start = end - node.data.length;
      for (const place of found) {
        const from = Math.max(place.start - start, 0);
        const to = Math.min(place.end - start, end - start);
        if (from >= to || !node.data.slice(from, to).trim()) continue;
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        range.surroundContents(make("mark"));
      }
      end = start;
    }
  }

  // The cable of this page; a link that names no paragraph leads to the first mark.
  function markCable(wanted) {
    for (const block of [first("h1"), ...blocksOf(document).map((one) => one.block)]) markBlock(block, wanted);
    if (!location.hash) first(".text mark")?.scrollIntoView({ block: "center" });
  }

  return { inLink, fromLink, places, stretches, marked, textOf, blocksOf, markCable };
})();
