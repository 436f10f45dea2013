// The list of channels as an element of another page: <uppsikt-kanaler>.
// Asks nobody but the site this file came from. What stands inside the element, a link,
// is shown until the list has come, and stays if it does not.

const site = new URL(import.meta.url).origin;
const NARROWED_BY = ["forvaltning", "plattform", "q", "syfte", "status"];

class Channels extends HTMLElement {
  static observedAttributes = NARROWED_BY;
  #turn = 0;

  connectedCallback() {
    this.#fetch();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#fetch();
  }

  // Asks once for all that has changed; an answer that comes after a later question
  // is let go.
  async #fetch() {
    const turn = ++this.#turn;
    await null;
    if (turn !== this.#turn) return;
    const asked = new URL("/kanaler/utdrag?bar", site);
    for (const name of NARROWED_BY) {
      if (this.hasAttribute(name)) asked.searchParams.set(name, this.getAttribute(name));
    }
    try {
      const answer = await fetch(asked, { credentials: "omit" });
      if (!answer.ok) return;
      const text = await answer.text();
      if (turn !== this.#turn) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      this.replaceChildren(...page.body.childNodes);
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      // The network is down: the link that stands there remains.
    }
  }
}

customElements.define("uppsikt-kanaler", Channels);
