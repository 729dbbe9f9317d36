/*
 * A button that copies the words above it, for who writes them into somebody else's program. Without
 * a script the words are selected by hand.
 */
for (const button of document.querySelectorAll("button[data-copies]")) {
  const words = document.getElementById(button.dataset.copies);
  const told = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.value);
    } catch {
      // Refused, or an address without TLS: what is selected can be copied by the keyboard.
      words.focus();
      words.select();
      return;
    }
    told.hidden = false;
  });
}
