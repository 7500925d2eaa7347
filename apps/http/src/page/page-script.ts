/** What the page does where scripts run: it shows the copy buttons, copies, and says so. */
export const pageScript = `
const status = document.querySelector("[role=status]");

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(node) {
  // Over plain http a browser keeps its clipboard shut, and knows the old way only.
  if (navigator.clipboard) return navigator.clipboard.writeText(node.textContent);
  select(node);
  if (!document.execCommand("copy")) throw new Error("refused");
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const label = button.querySelector("[data-says]");
  let timer;
  const say = (word, sentence) => {
    label.textContent = word;
    status.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = "Copy";
      status.textContent = "";
    }, 4000);
  };
  button.addEventListener("click", () => {
    const node = document.getElementById(button.dataset.copies);
    copy(node).then(
      () => say("Copied", "Copied to the clipboard."),
      () => {
        select(node);
        say("Selected", "The browser does not let this page copy; the text is selected.");
      },
    );
  });
  button.hidden = false;
}
`;
