// Shortcuts, dialogs and small comforts. Every page works without this file.

const typing = "input, textarea, select, [contenteditable], dialog[open]";
const menu = document.querySelector(".menu");
const wide = matchMedia("(min-width: 64.01rem)");

function list() {
  return [...document.querySelectorAll(".items .item a")];
}

function step(by) {
  const links = list();
  const here = links.indexOf(document.activeElement);
  links[Math.min(Math.max(here + by, 0), links.length - 1)]?.focus();
}

function click(selector) {
  document.querySelector(selector)?.click();
}

let going = false;

function single(key) {
  if (going) {
    going = false;
    click(`[data-go="${CSS.escape(key)}"]`);
    return true;
  }
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
    "/": () => document.querySelector("[type=search]")?.focus(),
    "?": () => click('[data-go="h"]'),
  };
  if (acts[key]) {
    acts[key]();
    return true;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  button?.click();
  return Boolean(button);
}

// One key alone acts only where the person has not turned that off (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!document.body.hasAttribute("data-shortcuts")) return;
  if (event.target.closest?.(typing)) return;
  if (single(event.key)) event.preventDefault();
});

// Ctrl+Enter sends the form one writes in.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) event.target.form?.requestSubmit();
});

// A button with data-open="id" opens the dialog with that id; without script it is hidden.
for (const button of document.querySelectorAll("[data-open]")) {
  const dialog = document.getElementById(button.dataset.open);
  button.hidden = !dialog;
  button.addEventListener("click", () => dialog.showModal());
}

// On a narrow screen the menu begins closed; on a wide one it cannot be closed.
function fold() {
  if (menu) menu.open = wide.matches;
}
fold();
wide.addEventListener("change", fold);

// A form is sent once, however often its button is pressed. A page that comes back
// from the browser's memory can send again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A draft that could not be kept is never lost without a word: the text stays in the
// box, and the page is not left by its own form before it has been kept.
function unsaved(field, is) {
  const note = field?.form?.querySelector(".unsaved");
  if (note) note.hidden = !is;
}
for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ target }) => {
    if (target.matches("[data-draft]")) unsaved(target, true);
  });
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  const field = requestConfig?.elt;
  if (!field?.matches("[data-draft]")) return;
  // Whoever is signed out is led to another page.
  const elsewhere = new URL(xhr.responseURL).pathname !== new URL(requestConfig.path, location).pathname;
  if (elsewhere) event.detail.shouldSwap = false;
  unsaved(field, elsewhere || xhr.status >= 400);
});
document.addEventListener("submit", (event) => {
  const note = event.target.querySelector(".unsaved:not([hidden])");
  if (note) event.preventDefault();
}, true);

document.querySelector(".ds-error-summary")?.focus();
