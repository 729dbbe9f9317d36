// A count of openings carries the last day on which it may be shown. A page that was built before that
// day and is read after it shows the invitation to call in its place. Where there is a form server, it
// is asked what was counted since; without an answer the page stays as it was built.

const PATIENCE_MS = 8_000;
const today = new Date().toISOString().slice(0, 10);

// An empty count is none: then the invitation to call stands.
function show(place, text) {
  const count = place.querySelector("[data-count]");
  if (text) {
    count.textContent = text;
  }
  count.hidden = !text;
  place.querySelector("[data-call]").hidden = Boolean(text);
  place.classList.toggle("stale", !text);
}

async function ask(address, places) {
  try {
    const response = await fetch(address, {
      credentials: "omit",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    const { clinicians } = await response.json();
    for (const place of places) {
      const said = clinicians.find((one) => one.slug === place.dataset.of);
      if (said) {
        show(place, said.text);
      }
    }
  } catch {
    // silent, refused or cut off: what was built still says its day
  }
}

for (const count of document.querySelectorAll("[data-fresh-until]")) {
  if (count.dataset.freshUntil < today) {
    show(count.parentElement, "");
  }
}

const places = [...document.querySelectorAll("[data-openings]")];
for (const address of new Set(places.map((place) => place.dataset.openings))) {
  ask(address, places.filter((place) => place.dataset.openings === address));
}
