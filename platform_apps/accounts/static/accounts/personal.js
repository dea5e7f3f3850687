/* The page is the same for everybody; who is signed in gets their part of it here. Asks only when there is something. */
const asks = document.cookie.split("; ").includes("signed-in=1");
const place = document.querySelector("script[data-personal]").dataset.personal;

class AccountMenu extends HTMLElement {
  connectedCallback() {
    const menu = this.querySelector("details");
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) menu.open = false;
    });
    this.outside = (event) => {
      if (!this.contains(event.target)) menu.open = false;
    };
    document.addEventListener("click", this.outside);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.outside);
  }
}

customElements.define("account-menu", AccountMenu);

const show = (html) => {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  for (const part of parts.content.querySelectorAll("template[data-for]")) {
    document.getElementById(part.dataset.for)?.replaceChildren(part.content);
  }
};

if (asks) {
  const answer = await fetch(`${place}?${new URLSearchParams({ path: location.pathname })}`);
  // Without the personal part the page is still whole: its link leads to signing in, and that leads on.
  if (answer.status === 200) show(await answer.text());
}
