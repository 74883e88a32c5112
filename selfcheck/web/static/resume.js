// Puts the code behind the "#" of a scanned address into the field. It is sent only when "Continue" is pressed.
const field = document.getElementById("code");
const scanned = location.hash.slice(1).toUpperCase();
if (field && !field.value && /^[0-9A-Z-]{13,800}$/.test(scanned)) {
  field.value = scanned.replaceAll("-", "").match(/.{1,5}/g).join("-");
  history.replaceState(null, "", location.pathname);
}
