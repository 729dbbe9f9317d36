// The questions above the list of people: answered at once, by a list that is fetched when the first
// is answered. What was chosen stands in the address, so that it can be passed on; it is about who works
// here and not about a patient. Without this script the list has its pages, and the links below it.
import { fetchPeople, labelOf, readChoices, say, showCards } from "./people.js";

const STEP = 24;
const form = document.getElementById("finder");
const status = document.getElementById("found");
const list = document.getElementById("cards");
const nobody = document.getElementById("nobody");
const more = document.getElementById("more");
const turn = { number: 0 };

if (form) {
  form.addEventListener("change", () => find());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(startAgain));
  takeChoicesFromAddress();
}

function takeChoicesFromAddress() {
  const asked = new URLSearchParams(location.search);
  const kinds = [...form.elements].filter((field) => asked.get(field.name));
  for (const field of kinds) {
    field.value = asked.get(field.name);
    if (field.selectedIndex < 0) {
      field.value = ""; // an old address may ask for what nobody does any more
    }
  }
  if (kinds.length || [...form.querySelectorAll("select")].some(isTouched)) {
    find();
  }
}

// Somebody may have been quicker than this script.
function isTouched(field) {
  return Boolean(field.value) && !field.selectedOptions[0].defaultSelected;
}

// A page of one choice has it selected from the start; to start again is to choose nothing.
function startAgain() {
  for (const field of form.querySelectorAll("select")) {
    field.value = "";
  }
  find();
  form.querySelector("select").focus();
}

async function find() {
  const mine = (turn.number += 1);
  const chosen = readChoices(form);
  document.getElementById("start-again").hidden = !chosen.size;
  writeAddress(chosen);
  let people;
  try {
    people = await fetchPeople(form.dataset.index);
  } catch {
    status.textContent = form.dataset.trouble;
    return;
  }
  if (mine !== turn.number) {
    return; // something else was chosen meanwhile
  }
  const found = people.filter((one) => fits(one, chosen));
  status.textContent = found.length
    ? say(form.dataset.one, form.dataset.many, found.length)
    : form.dataset.nobody;
  offerToDrop(found.length ? [] : [...chosen.keys()], people, chosen);
  document.getElementById("static-end").hidden = true;
  list.replaceChildren();
  showMore(found);
}

function fits(person, chosen) {
  return [...chosen].every(([kind, slug]) => person[kind].includes(slug));
}

function writeAddress(chosen) {
  const query = new URLSearchParams([...chosen]).toString();
  history.replaceState(null, "", query ? `${form.dataset.home}?${query}` : form.dataset.home);
}

function showMore(people) {
  showCards(list, people.slice(0, STEP), form.dataset, form.dataset.home);
  const rest = people.slice(STEP);
  more.hidden = !rest.length;
  more.firstElementChild.onclick = () => {
    const next = list.children.length;
    showMore(rest);
    list.children[next].querySelector("a").focus();
  };
}

// Nobody fits all of it: each choice that may go, with how many would be left, the most first.
function offerToDrop(kinds, people, chosen) {
  const ways = kinds.map((kind) => {
    const others = new Map([...chosen].filter(([one]) => one !== kind));
    return { kind, count: people.filter((one) => fits(one, others)).length };
  });
  const useful = ways.filter((one) => one.count).sort((one, other) => other.count - one.count);
  nobody.hidden = !useful.length;
  nobody.replaceChildren(...useful.map(makeDrop));
}

function makeDrop({ kind, count }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small";
  button.textContent = form.dataset.drop
    .replace("{choice}", labelOf(form, kind))
    .replace("{count}", count);
  button.addEventListener("click", () => {
    form.elements[kind].value = "";
    find();
    status.focus();
  });
  return button;
}
