// A button beside a text that puts it on the clipboard. Browsers give a clipboard only to pages that came by TLS.
for (const place of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const source = document.getElementById(place.dataset.copy);
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "second";
  button.textContent = place.dataset.words;
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = "";
    const text = source.value ?? source.textContent;
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    said.textContent = " " + place.dataset[copied ? "done" : "failed"];
  });
  place.append(button, said);
}
