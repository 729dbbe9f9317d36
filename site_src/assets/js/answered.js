// What both kinds of form do with an answer: the receipt in the form's place, or a refusal in words.

export function showReceipt(form, received) {
  const receipt = document.getElementById("receipt");
  receipt.querySelector("[data-slot=receipt]").textContent = received.receipt;
  receipt.querySelector("[data-slot=promised_by]").textContent = sayMoment(form, received.promised_by);
  receipt.querySelector("[data-slot=status_url]").href = received.status_url;
  form.hidden = true;
  receipt.hidden = false;
  document.getElementById("receipt-heading").focus();
}

export function showRefusal(answer) {
  const refusal = document.getElementById("refusal");
  refusal.querySelector("[data-slot=title]").textContent = answer.title;
  refusal.querySelector("[data-slot=detail]").textContent = answer.detail;
  reveal(refusal);
}

export function reveal(element) {
  element.hidden = false;
  element.focus();
}

// On the practice's clock, in the page's language.
function sayMoment(form, text) {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    return text;
  }
  const shape = { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" };
  const zone = { ...shape, hourCycle: "h12", timeZone: form.dataset.timeZone }; // as the pages say their hours
  return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(moment);
}
