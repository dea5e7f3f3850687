/* Asks the device where it is, when somebody presses the button and never before, and sends the form with the answer. */
const DECIMALS = 2; // about a kilometre: no address says where somebody lives

class NearMe extends HTMLElement {
  connectedCallback() {
    if (!navigator.geolocation) return;
    const button = this.querySelector("[data-locate]");
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => this.send(coords),
        () => this.refuse(button),
        { maximumAge: 600_000, timeout: 15_000 },
      );
    });
  }

  send({ latitude, longitude }) {
    this.querySelector('[name="near"]').value = `${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)}`;
    this.querySelector('[name="place"]').value = "";
    this.closest("form").requestSubmit();
  }

  refuse(button) {
    button.disabled = false;
    const status = this.querySelector('[role="status"]');
    status.textContent = status.dataset.refused;
  }
}

customElements.define("near-me", NearMe);
