/* A film that plays after a click. Nothing is loaded from elsewhere before; without this the link leads to the film's page. */
class VideoPlayer extends HTMLElement {
  connectedCallback() {
    this.querySelector(".video-play")?.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.play();
    });
  }

  play() {
    const frame = document.createElement("iframe");
    frame.src = this.dataset.player;
    frame.title = this.dataset.title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.className = "video-frame";
    this.querySelector(".plate-picture").replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("video-player", VideoPlayer);
