// Two conveniences on the status page; without them the line is marked and the page printed by hand.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const line = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(line.textContent.trim());
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
