// Before anything is painted: the theme that the reader chose, on this page or another of the site.
(() => {
  try {
    const chosen = localStorage.getItem("dmaic-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* storage is off: the system's preference holds */ }
})();
