// A count of openings carries the last day on which it may be shown. A page that was built before
// that day and is read after it shows the invitation to call in its place.
const today = new Date().toISOString().slice(0, 10);

for (const count of document.querySelectorAll("[data-fresh-until]")) {
  if (count.dataset.freshUntil < today) {
    count.hidden = true;
    count.nextElementSibling.hidden = false;
  }
}
