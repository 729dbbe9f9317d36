// A count of openings carries the last day on which it may be shown. A page that was built before that
// day and is read after it shows the invitation to call in its place. Where there is a form server, it
// is asked what was counted since; without an answer the page stays as it was built.

const PATIENCE_MS = 8_000;
const FEW = "#few"; // at the end of an address: ask for those on this page only
const today = new Date().toISOString().slice(0, 10);
const answers = new Map();

showCurrent(document);
withdrawClaim();

// For a page, or for a part of it that a script has made since. The server is asked once a page: for
// everybody, so that the question says nothing of whom somebody looks at. On the pages of a large group
// it is asked for those who stand on the page as it was built, which is the same for every visitor.
export function showCurrent(part) {
  for (const count of part.querySelectorAll("[data-first-on]")) {
    if (count.dataset.firstOn < today) {
      count.textContent = count.dataset.without; // “the first on Monday” is said until that Monday
    }
  }
  for (const count of part.querySelectorAll("[data-fresh-until]")) {
    if (count.dataset.freshUntil < today) {
      show(count.closest(".openings"), "");
    }
  }
  const places = [...part.querySelectorAll("[data-openings]")];
  for (const address of new Set(places.map((place) => place.dataset.openings))) {
    tell(address, places.filter((place) => place.dataset.openings === address));
  }
}

function nameThose(address, places) {
  const question = new URL(address);
  if (question.hash === FEW) {
    question.searchParams.set("of", [...new Set(places.map((place) => place.dataset.of))].join(","));
  }
  question.hash = "";
  return question;
}

// What the page tells programs of room for new patients goes with the last count that may be shown.
function withdrawClaim() {
  const counts = [...document.querySelectorAll("[data-fresh-until]")];
  if (counts.some((count) => isFresh(count.dataset.freshUntil))) {
    return;
  }
  for (const told of document.querySelectorAll('script[type="application/ld+json"]')) {
    const facts = JSON.parse(told.textContent, (key, value) =>
      key === "isAcceptingNewPatients" ? undefined : value,
    );
    told.textContent = JSON.stringify(facts);
  }
}

// True while a count that was built into a page may still be shown.
export function isFresh(until) {
  return Boolean(until) && until >= today;
}

// An empty count is none: then the invitation to call stands.
function show(place, text, { isFull = false, isCurrent = false } = {}) {
  const count = place.querySelector("[data-count]");
  if (text) {
    count.textContent = text;
  }
  count.hidden = !text;
  place.querySelector("[data-call]").hidden = Boolean(text);
  place.classList.toggle("stale", !text);
  place.classList.toggle("full", isFull);
  const mark = place.querySelector("[data-current]");
  if (mark) {
    mark.hidden = !isCurrent; // the server has just said so
  }
}

async function tell(address, places) {
  if (!answers.has(address)) {
    answers.set(address, ask(nameThose(address, places)));
  }
  const said = await answers.get(address);
  for (const place of places) {
    const one = said.get(place.dataset.of);
    if (one) {
      const isCurrent = Boolean(one.text) && !one.stale;
      show(place, one.text, { isFull: one.count === 0, isCurrent });
    }
  }
}

// What the server says of each; nothing when it is silent, refuses or is cut off: what was built
// still says its day.
async function ask(address) {
  try {
    const response = await fetch(address, {
      credentials: "omit",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    const { clinicians } = await response.json();
    return new Map(clinicians.map((one) => [one.slug, one]));
  } catch {
    return new Map();
  }
}
