// Shows how far an import is, without a reload every time: what the page says of it is fetched and put in its place.

const PAUSE = 3000; // milliseconds

class ExchangeProgress extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.refresh(), PAUSE);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async refresh() {
    const answer = await fetch(window.location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = page.querySelector("exchange-progress");
    if (news) {
      this.replaceChildren(...news.childNodes);
    } else {
      // Done: the page now holds the results.
      window.location.reload();
    }
  }
}

customElements.define("exchange-progress", ExchangeProgress);
