/** The box above the list of languages ticks them all. */
const all = document.querySelector('[name="select_all"]');

all?.addEventListener('change', () => {
  document.querySelectorAll('[name="locales"]').forEach((box) => {
    box.checked = all.checked;
  });
});
