// Before anything is drawn: the look that the reader chose here, else that of the system.
"use strict";
try {
  const chosen = localStorage.getItem("look");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.look = chosen;
} catch {
  // A browser that keeps nothing shows the look of the system.
}
