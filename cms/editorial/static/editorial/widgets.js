/**
 * Starts Wagtail's widgets from data instead of inline scripts, which the admin's content security policy forbids.
 *
 * Wagtail writes `<script>initDateChooser("id", {…})</script>` beside each field; our templates write
 * `<template data-editorial-start="initDateChooser" data-target="id" data-options="{…}">`. Fields that come later
 * (a new row of an inline panel, filters after a search) are found by watching the page.
 */

const MARK = 'template[data-editorial-start]';

const STARTERS = {
  initDateChooser: (id, options) => window.initDateChooser(id, options),
  initDateTimeChooser: (id, options) => window.initDateTimeChooser(id, options),
  initTimeChooser: (id, options) => window.initTimeChooser(id, options),
  createTaskChooser: (id) => window.createTaskChooser(id),
  InlinePanel: (_id, options) => new window.InlinePanel(options),
  MultipleChooserPanel: (_id, options) => new window.MultipleChooserPanel(options),
};

/** Choosers are classes of the page: ImageChooser, PageChooser, SnippetChooser, Chooser. */
function chooser(name) {
  const Chooser = /^\w*Chooser$/.test(name) ? window[name] : undefined;
  return typeof Chooser === 'function' ? (id, options) => new Chooser(id, options) : undefined;
}

function start(mark) {
  const { editorialStart, target, options } = mark.dataset;
  const starter = STARTERS[editorialStart] ?? chooser(editorialStart);
  mark.remove();
  if (starter) starter(target, JSON.parse(options));
}

function startAll(root) {
  if (root.matches?.(MARK)) start(root);
  else root.querySelectorAll?.(MARK).forEach(start);
}

startAll(document);
// Wagtail reaches for the chooser in a row it has just added, in the same breath: watching alone would be too late.
document.addEventListener('w-formset:added', (event) => startAll(event.target));
new MutationObserver((records) => {
  for (const record of records) record.addedNodes.forEach(startAll);
}).observe(document.body, { childList: true, subtree: true });
