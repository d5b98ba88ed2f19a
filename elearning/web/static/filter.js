// Filters the glossary while one types. Without it, the button asks the server for the same.
"use strict";
const form = document.getElementById("filter_form");
const field = form.elements.namedItem("q");
const found = document.getElementById("found_terms");
const none = document.getElementById("none_found");
const rows = [...document.querySelectorAll(".glossary > div")];
const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : language);
const folding = JSON.parse(form.dataset.folding);
const fold = (text) => text.toLocaleLowerCase(language).normalize("NFKD").replace(/[\p{M}\p{Cf}\u0640]/gu, "").replace(/./gu, (letter) => folding[letter] ?? letter).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const texts = rows.map((row) => fold(row.textContent));
function filter() {
  const wanted = fold(field.value);
  let shown = 0;
  rows.forEach((row, at) => {
    row.hidden = !texts[at].includes(wanted);
    if (!row.hidden) shown += 1;
  });
  found.textContent = found.dataset.text.replace("{found}", number.format(shown)).replace("{total}", number.format(rows.length));
  none.hidden = shown > 0;
}
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", filter);
document.getElementById("filter_button").hidden = true;
