// The people of a group as the directory's index tells them, and the cards that are made of them.
import { isFresh, showCurrent } from "./openings.js";

const KINDS = ["need", "age", "language", "plan", "site"];
const MOST_NEEDS = 3;
const indexes = new Map();

// Everybody in the directory's order: those with openings that are still fresh come first. Fetched
// once somebody asks, and once only.
export function fetchPeople(address) {
  if (!indexes.has(address)) {
    const coming = load(address);
    indexes.set(address, coming);
    coming.catch(() => indexes.delete(address)); // the next choice tries again
  }
  return indexes.get(address);
}

async function load(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) {
    throw new Error(`${address}: ${response.status}`);
  }
  const { row, choices, people } = await response.json();
  const told = people.map((values) => read(row, values, choices));
  return [...told.filter((one) => one.hasRoom), ...told.filter((one) => !one.hasRoom)];
}

function read(names, values, choices) {
  const person = Object.fromEntries(names.map((name, place) => [name, values[place]]));
  person.hasRoom = Boolean(person.room) && isFresh(person.until);
  person.labels = {};
  for (const kind of KINDS) {
    const found = person[kind].map((place) => choices[kind][place]);
    person[kind] = found.map(([slug]) => slug);
    person.labels[kind] = found.map(([, label]) => label);
  }
  return person;
}

// What is chosen in a form, without the questions that were left open.
export function readChoices(form) {
  const chosen = KINDS.map((kind) => [kind, form.elements[kind]?.value ?? ""]);
  return new Map(chosen.filter(([, slug]) => slug));
}

export function labelOf(form, kind) {
  return form.elements[kind].selectedOptions[0].textContent.trim();
}

// The sentence for one or for many, with its number.
export function say(one, many, count) {
  return (count === 1 ? one : many).replace("{count}", count.toLocaleString(document.documentElement.lang));
}

// `finish(item, person)` adds what the page says of each beside the card itself.
export function showCards(list, people, words, home, finish = () => {}) {
  const cards = people.map((person) => {
    const card = makeCard(person, words, home);
    finish(card, person);
    return card;
  });
  list.append(...cards);
  cards.forEach(showCurrent);
  return cards;
}

function makeCard(person, words, home) {
  const card = document.getElementById("card").content.cloneNode(true).firstElementChild;
  const slot = (name) => card.querySelector(`[data-slot="${name}"]`);
  slot("name").textContent = person.name;
  slot("name").href = `${home}${person.slug}/`;
  slot("line").textContent = person.line;
  slot("initials").textContent = person.initials;
  if (person.portrait) {
    slot("initials").parentElement.replaceWith(makePortrait(person));
  }
  slot("needs").append(...listNeeds(person.labels.need, words));
  const facts = [person.facts, person.labels.language.join(", "), person.labels.site.join(", ")];
  slot("facts").append(...facts.filter(Boolean).map(makeItem));
  writeOpenings(card.querySelector(".openings"), person);
  return card;
}

function makePortrait(person) {
  const picture = new Image(480, 600);
  picture.className = "arch";
  picture.alt = person.alt;
  picture.src = person.portrait;
  return picture;
}

function listNeeds(labels, words) {
  const shown = labels.length <= MOST_NEEDS + 1 ? labels : labels.slice(0, MOST_NEEDS);
  const items = shown.map(makeItem);
  const more = labels.length - shown.length;
  if (more) {
    const item = makeItem(say(words.moreOne, words.moreMany, more));
    item.className = "more-needs";
    items.push(item);
  }
  return items;
}

function makeItem(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function writeOpenings(place, person) {
  place.dataset.of = person.slug;
  place.classList.toggle("stale", !isFresh(person.until));
  if (isFresh(person.until)) {
    const count = place.querySelector("[data-count]");
    count.textContent = person.openings;
    count.dataset.freshUntil = person.until;
    if (person.first) {
      count.dataset.firstOn = person.first;
      count.dataset.without = person.without;
    }
    count.hidden = false;
    place.querySelector("[data-call]").hidden = true;
    place.classList.toggle("full", !person.hasRoom);
  }
}
