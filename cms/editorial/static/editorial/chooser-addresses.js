/** Tells wagtail-localize's editor where the choosers are. Not a module: it must have run before the editor's script. */
window.chooserUrls = window.chooserUrls || { ...document.currentScript.dataset };
