/* Follows the link to the next page without leaving this one. The link works by itself; when anything fails, so do we. */
class LoadMore extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[rel="next"]');
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.follow(link);
    });
  }

  async follow(link) {
    if (link.ariaDisabled) return;
    link.ariaDisabled = "true";
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.take(page.querySelector("load-more"), answer.url);
    } catch {
      location.assign(link.href);
    }
  }

  take(more, address) {
    const list = this.querySelector("[data-items]");
    const known = new Set([...list.querySelectorAll("a")].map((one) => one.href));
    // Entries move while people read: what stands here already does not come again.
    const items = [...more.querySelector("[data-items]").children].filter((one) => {
      const link = one.matches("a") ? one : one.querySelector("a");
      return !known.has(new URL(link.getAttribute("href"), address).href);
    });
    const added = items.map((one) => document.importNode(one, true));
    list.append(...added);
    this.renewPager(more.querySelector(".pages"), added[0], address);
    history.replaceState(null, "", address);
    this.querySelector('[role="status"]').textContent = this.dataset.words
      .replace("{number}", added.length)
      .replace("{total}", this.dataset.total);
  }

  /* The button that was pressed stays and keeps the focus, as long as there is more; then the first new entry has it. */
  renewPager(next, first, address) {
    const link = this.querySelector('a[rel="next"]');
    const range = this.querySelector("[data-range]");
    const onward = next.querySelector('a[rel="next"]');
    range.textContent = range.textContent.replace(/–\S+/, next.querySelector("[data-range]").textContent.match(/–\S+/)[0]);
    if (onward) {
      link.href = new URL(onward.getAttribute("href"), address).href;
      link.replaceChildren(...[...onward.childNodes].map((one) => document.importNode(one, true)));
      link.ariaDisabled = null;
      return;
    }
    link.remove();
    const target = first?.matches("a") ? first : first?.querySelector("a");
    target?.focus({ preventScroll: true });
  }
}

customElements.define("load-more", LoadMore);
