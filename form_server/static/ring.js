/*
 * A tap on Call where several people share an inbox: the server is asked first whether somebody else
 * is on it, and the phone dials in the same tap when nobody is. Without a script the form leads to a
 * page with the number, or with the interruption.
 */
async function ring(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected) throw new Error("not answered");
  const { tel, page } = await answer.json();
  if (!tel) return location.assign(page);
  const told = form.querySelector("[data-rung]");
  if (told) told.hidden = false;
  location.href = tel;
}

for (const form of document.querySelectorAll("form[data-ring]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ring(form)
      // What the script could not learn, the plain form asks in the open.
      .catch(() => form.submit())
      .finally(() => {
        for (const button of form.querySelectorAll("button")) button.disabled = false;
      });
  });
}
