// Who suits somebody, from a few answers. They are about a patient: they stand in no address, nothing
// keeps them, and nobody is asked; the list of people is the same file whatever was answered.
import { fetchPeople, readChoices, say, showCards } from "./people.js";

const MOST_MATCHES = 5;
const MOST_NEAR_MATCHES = 3;
const MUST = ["need", "age"]; // who does not do this, or not for that age, is no answer at all
const SOFT = ["language", "site", "plan"]; // what may be missing and is then said, the heaviest first

const form = document.getElementById("matcher");
const turn = { number: 0 };

form.addEventListener("change", () => match());
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(match));
if (readChoices(form).size) {
  match(); // somebody was quicker than this script
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    form.reset(); // whoever goes back on a shared computer finds nobody's answers
  }
});

async function match() {
  const mine = (turn.number += 1);
  const wish = readChoices(form);
  document.getElementById("suggestions").hidden = wish.size > 0;
  document.getElementById("matched").hidden = !wish.size;
  if (!wish.size) {
    return;
  }
  const status = document.getElementById("found");
  try {
    const people = await fetchPeople(form.dataset.index);
    if (mine === turn.number) {
      showMatches(status, findMatches(people, wish));
    }
  } catch {
    status.textContent = form.dataset.trouble;
    document.getElementById("suggestions").hidden = false;
  }
}

// The few who fit all of it; or else the few who come nearest; empty when nobody can help. Among
// equals the order is that of the list, in which those with openings come first.
export function findMatches(people, wish) {
  const asked = [...MUST, ...SOFT].filter((kind) => wish.has(kind));
  const found = people
    .filter((one) => MUST.every((kind) => !wish.has(kind) || one[kind].includes(wish.get(kind))))
    .map((person) => ({
      person,
      meets: asked.filter((kind) => person[kind].includes(wish.get(kind))),
      misses: asked.filter((kind) => !person[kind].includes(wish.get(kind))),
    }))
    .sort(compare);
  const whole = found.filter((one) => !one.misses.length);
  return whole.length ? whole.slice(0, MOST_MATCHES) : found.slice(0, MOST_NEAR_MATCHES);
}

function compare(one, other) {
  const fewer = one.misses.length - other.misses.length;
  const lighter = SOFT.map((kind) => one.misses.includes(kind) - other.misses.includes(kind));
  const room = other.person.hasRoom - one.person.hasRoom;
  return [fewer, ...lighter, room].find((difference) => difference) ?? 0;
}

function showMatches(status, matches) {
  const { best, bestMany, near, nobody } = form.dataset;
  const list = document.getElementById("cards");
  list.replaceChildren();
  if (!matches.length) {
    status.textContent = nobody;
    return;
  }
  status.textContent = matches[0].misses.length ? near : say(best, bestMany, matches.length);
  const byPerson = new Map(matches.map((one) => [one.person, one]));
  const home = form.dataset.home;
  showCards(list, [...byPerson.keys()], form.dataset, home, (card, person) => {
    sayWhy(card, byPerson.get(person));
    card.querySelector(".card-words").append(makeReferLink(person));
  });
}

// “Takes Premera, speaks Spanish”: in the words of the answers that were chosen.
function sayWhy(card, match) {
  for (const what of ["meets", "misses"]) {
    const lines = match[what].map((kind) => form.elements[kind].selectedOptions[0].dataset[what]);
    const place = card.querySelector(`[data-slot="${what}"]`);
    place.textContent = lines.filter(Boolean).join(" · ");
    place.hidden = !lines.length;
  }
}

function makeReferLink(person) {
  const way = document.createElement("p");
  const link = document.createElement("a");
  way.className = "refer";
  link.className = "button small";
  link.href = form.dataset.refer.replace("{slug}", person.slug);
  link.textContent = form.dataset.referText.replace("{name}", person.name);
  way.append(link);
  return way;
}
