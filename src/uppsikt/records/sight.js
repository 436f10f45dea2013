// Finds a comment among what a page shows, and lights it up, from a world of its own:
// the page's scripts can neither see this one nor change what it calls.
(() => {
  const NEAR = 400; // visible characters between the author's name and the comment
  const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\s\uFFFD\uFE00-\uFE0F\xB6]/u;
  const LETTER = /[\p{L}\p{N}]/u;
  const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
  const EMOJI_ALT = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u;
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "SELECT"]);
  // A long text is proved by samples from its first to its last letter: painting all of
  // it would cost its length once for each of its lines.
  const LONG = 4000;
  const SAMPLES = 50;
  const SAMPLE = 40;
  const LIGHT = "uppsikt-sight";
  let found = [];
  let sheet = null;
  let strolled = 0;

  // A base character with its marks is one piece, so that NFC never moves a boundary.
  function* pieces(text) {
    for (const match of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
      yield [match[0].normalize("NFC"), match.index, match.index + match[0].length];
    }
  }

  function folded(text) {
    let out = "";
    for (const [piece] of pieces(text)) out += seen(piece);
    return out;
  }

  function seen(piece) {
    return [...piece].filter((sign) => !UNSEEN.test(sign)).join("");
  }

  // The page's visible text without white space; for each code unit where it stands.
  class Stream {
    text = "";
    places = [];
    gaps = new Set([0]);

    gap() {
      this.gaps.add(this.text.length);
    }

    add(node, text) {
      for (const [piece, from, to] of pieces(text)) {
        const sign = seen(piece);
        if (/\s/u.test(piece)) this.gap();
        this.text += sign;
        for (let i = 0; i < sign.length; i++) this.places.push([node, from, to]);
      }
    }

    // Where `word` stands as a word of its own.
    *all(word, from = 0, until = Infinity) {
      if (!word) return;
      let at = this.text.indexOf(word, from);
      while (at >= 0 && at + word.length <= until) {
        if (this.parted(at) && this.parted(at + word.length)) yield at;
        at = this.text.indexOf(word, at + 1);
      }
    }

    parted(at) {
      if (at === this.text.length || this.gaps.has(at)) return true;
      return !(LETTER.test(this.text[at - 1]) && LETTER.test(this.text[at]));
    }

    // The pieces of nodes that hold the code units from `from` to `to`.
    parts(from, to) {
      const parts = [];
      for (const [node, start, end] of this.places.slice(from, to)) {
        const last = parts.at(-1);
        if (last && last.node === node) last.end = end;
        else parts.push({ node, start, end });
      }
      return parts;
    }
  }

  function children(element) {
    if (element.shadowRoot) return element.shadowRoot.childNodes;
    if (element.tagName === "SLOT" && element.assignedNodes().length) {
      return element.assignedNodes();
    }
    return element.childNodes;
  }

  function read(element, stream) {
    if (SKIPPED.has(element.tagName)) return;
    const style = getComputedStyle(element);
    if (style.display === "none" || Number(style.opacity) === 0) return;
    const apart = !["inline", "contents"].includes(style.display) || element.tagName === "BR";
    if (apart) stream.gap();
    if (style.visibility === "visible") readOwn(element, stream);
    for (const child of children(element)) {
      if (child.nodeType === Node.ELEMENT_NODE) read(child, stream);
      else if (child.nodeType === Node.TEXT_NODE && style.visibility === "visible") {
        stream.add(child, child.data);
      }
    }
    if (apart) stream.gap();
  }

  // Many platforms show an emoji as a small image; other alternative texts are not seen.
  function readOwn(element, stream) {
    if (element.tagName === "IMG" && EMOJI_ALT.test(element.alt)) {
      stream.add(element, element.alt);
    }
  }

  function nearest(stream, author, from, to) {
    if (!author) return [];
    const before = [...stream.all(author, Math.max(0, from - NEAR - author.length), from)];
    if (before.length) return stream.parts(before.at(-1), before.at(-1) + author.length);
    for (const at of stream.all(author, to, to + NEAR + author.length)) {
      return stream.parts(at, at + author.length);
    }
    return null;
  }

  function samples(stream, from, to) {
    if (to - from <= LONG) return stream.parts(from, to);
    const step = (to - from - SAMPLE) / (SAMPLES - 1);
    return Array.from({ length: SAMPLES }, (_, i) => from + Math.round(i * step)).flatMap(
      (start) => stream.parts(start, start + SAMPLE),
    );
  }

  function place(stream, from, to, author) {
    const name = nearest(stream, author, from, to);
    if (name) found.push([...samples(stream, from, to), ...name]);
  }

  // Looks for the comment; tells in how many places it stands, and if only the name lacks.
  function find({ text, author, selector }) {
    const root = selector ? document.querySelector(selector) : document.body;
    const stream = new Stream();
    found = [];
    if (root) read(root, stream);
    const wanted = folded(text);
    const name = folded(author);
    let texts = 0;
    for (const at of stream.all(wanted)) {
      texts += 1;
      place(stream, at, at + wanted.length, name);
    }
    if (!wanted && selector && root) {
      texts = 1;
      for (const at of stream.all(name)) found.push(stream.parts(at, at + name.length));
    }
    return { places: found.length, texts };
  }

  function asRange(part) {
    const range = new Range();
    if (part.node.nodeType !== Node.TEXT_NODE) range.selectNode(part.node);
    else {
      range.setStart(part.node, part.start);
      range.setEnd(part.node, part.end);
    }
    return range;
  }

  function kindOf(part) {
    if (part.node.nodeType !== Node.TEXT_NODE) return "image";
    return PICTOGRAPH.test(part.node.data.slice(part.start, part.end)) ? "emoji" : "text";
  }

  // A line's pieces are joined: a space that hangs over the edge is a piece of its own.
  function lines(part) {
    const kind = kindOf(part);
    const joined = [];
    for (const box of asRange(part).getClientRects()) {
      const last = joined.at(-1);
      const goesOn = last && Math.abs(last.y - box.y) < 1 && Math.abs(last.right - box.x) < 1;
      if (goesOn) last.right = box.right;
      else joined.push({ x: box.x, y: box.y, right: box.right, height: box.height });
    }
    return joined
      .filter((line) => line.right - line.x >= 1 && line.height >= 1)
      .map(({ x, y, right, height }) => ({
        x: x + scrollX,
        y: y + scrollY,
        width: right - x,
        height,
        kind,
      }));
  }

  function uncovered(image) {
    const box = image.getBoundingClientRect();
    const hit = image.getRootNode().elementFromPoint(
      box.x + box.width / 2,
      box.y + box.height / 2,
    );
    return box.width >= 1 && box.height >= 1 && hit === image;
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // Brings place `index` to the middle of the window and tells where its lines are, in px
  // of the page; null when a part of it takes no room.
  async function aim(index) {
    const parts = found[index];
    const first = parts[0].node;
    (first.nodeType === Node.TEXT_NODE ? first.parentElement : first).scrollIntoView({
      block: "center",
      behavior: "instant",
    });
    const top = asRange(parts[0]).getBoundingClientRect().top;
    scrollBy({ top: top - innerHeight / 2, behavior: "instant" });
    await pause(50);
    const boxes = parts.map(lines);
    const images = parts.map((part) => part.node).filter((node) => node.tagName === "IMG");
    if (boxes.some((box) => !box.length) || !images.every(uncovered)) return null;
    return { lines: boxes.flat(), page: size() };
  }

  // Paints the lines of place `index` in one colour, letters and ground; no colour: none.
  function paint(index, colour) {
    sheet ??= new CSSStyleSheet();
    const others = document.adoptedStyleSheets.filter((one) => one !== sheet);
    CSS.highlights.delete(LIGHT);
    document.adoptedStyleSheets = colour ? [...others, sheet] : others;
    if (!colour) return;
    sheet.replaceSync(
      `::highlight(${LIGHT}) { background-color: ${colour}; color: ${colour}; }`,
    );
    CSS.highlights.set(LIGHT, new Highlight(...found[index].map(asRange)));
  }

  // Walks down what is new of the page, at most `height` px, so that what loads when seen
  // is loaded.
  async function stroll(height) {
    if (size().height === strolled) return;
    strolled = size().height;
    for (let y = 0; y < Math.min(size().height, height); y += innerHeight * 0.9) {
      scrollTo({ top: y, behavior: "instant" });
      await pause(25);
    }
    scrollTo({ top: 0, behavior: "instant" });
  }

  function size() {
    const root = document.documentElement;
    return { width: root.scrollWidth, height: root.scrollHeight };
  }

  const text = () => document.body?.innerText ?? "";

  globalThis.sight = { find, aim, paint, stroll, text };
})();
