/* Copies a field, or hands the link to the device. Without it the field can be selected, and the mail link works. */
class ShareLink extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input, textarea");
    this.said = this.querySelector("[data-said]");
    this.offer("[data-copy]", Boolean(navigator.clipboard), () => this.copy());
    this.offer("[data-share]", Boolean(navigator.share), () => this.share());
    this.field.addEventListener("focus", () => this.field.select());
  }

  offer(selector, isPossible, act) {
    const button = this.querySelector(selector);
    if (!button || !isPossible) return;
    button.hidden = false;
    button.addEventListener("click", act);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.field.value);
      this.said.textContent = this.said.dataset.copied;
    } catch {
      this.field.select();
      this.said.textContent = this.said.dataset.refused;
    }
  }

  async share() {
    try {
      await navigator.share({ title: this.dataset.title, url: this.dataset.link });
    } catch (error) {
      // Closing the sheet of apps is an answer too.
      if (error.name !== "AbortError") this.said.textContent = this.said.dataset.refused;
    }
  }
}

customElements.define("share-link", ShareLink);
