// Loads the author's preview again when a file of the courses has been saved. Without it, the link beside does.
"use strict";
const watch = document.getElementById("watch");
async function look() {
  try {
    const answer = await fetch(watch.dataset.address);
    if (answer.ok && (await answer.text()) !== watch.dataset.stamp) location.reload();
  } catch {
    // the site is being started again: the next look will tell
  }
}
setInterval(look, 1000);
