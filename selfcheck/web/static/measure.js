// Comfort on the pages of the home tests: a clock for seconds and a level for degrees. Nothing is sent anywhere;
// without scripts the boxes are filled in by hand. The words stand in data attributes of the form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-clock]");
  if (!form) return;
  const words = form.dataset;

  const button = (label, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "second small-button";
    made.textContent = label;
    made.addEventListener("click", press);
    return made;
  };

  const beside = (field) => {
    const place = document.createElement("span");
    place.className = "measure";
    const said = document.createElement("output");
    said.htmlFor = field.id;
    const name = document.querySelector(`label[for="${field.id}"]`);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", name ? name.textContent.trim() : "");
    const unit = field.nextElementSibling;
    (unit && unit.className === "unit" ? unit : field).insertAdjacentElement("afterend", place);
    return { place, said };
  };

  const fill = (field, number) => {
    const low = Number(field.dataset.low), high = Number(field.dataset.high);
    field.value = String(Math.min(high, Math.max(low, Math.round(number))));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const clock = (field) => {
    const { place, said } = beside(field);
    const most = Number(field.dataset.high);
    let started = 0, ticking = 0;
    const stop = () => {
      clearInterval(ticking);
      ticking = 0;
      const seconds = Math.min(most, (Date.now() - started) / 1000);
      fill(field, Math.floor(seconds));
      said.textContent = "";
      press.textContent = words.clock;
      if (seconds >= most && navigator.vibrate) navigator.vibrate(400);
    };
    const press = button(words.clock, () => {
      if (ticking) { stop(); return; }
      started = Date.now();
      press.textContent = words.stop;
      ticking = setInterval(() => {
        const seconds = (Date.now() - started) / 1000;
        said.textContent = `${Math.floor(seconds)} s`;
        if (seconds >= most) stop();
      }, 200);
    });
    place.append(press, said);
  };

  // Which way is up, as the phone sees it: right edge, top edge, screen. Gravity, not the compass.
  const upwards = (event) => {
    const beta = (event.beta * Math.PI) / 180, gamma = (event.gamma * Math.PI) / 180;
    return [-Math.cos(beta) * Math.sin(gamma), Math.sin(beta), Math.cos(beta) * Math.cos(gamma)];
  };

  // Degrees turned since zero, whichever way the phone lies; minus where its top edge has gone down.
  const turned = (zero, now) => {
    const along = zero.reduce((sum, part, place) => sum + part * now[place], 0);
    const degrees = (Math.acos(Math.min(1, Math.max(-1, along))) * 180) / Math.PI;
    return now[1] < zero[1] ? -degrees : degrees;
  };

  const level = (field) => {
    const { place, said } = beside(field);
    let zero = null, now = null;
    const listen = (event) => {
      if (event.beta === null) return;
      now = upwards(event);
      if (zero !== null) said.textContent = `${Math.round(Math.abs(turned(zero, now)))}°`;
    };
    const steps = [
      [words.level, async () => {
        const ask = window.DeviceOrientationEvent && DeviceOrientationEvent.requestPermission;
        if (ask && (await DeviceOrientationEvent.requestPermission().catch(() => "denied")) !== "granted") {
          said.textContent = words.denied;
          return false;
        }
        window.addEventListener("deviceorientation", listen);
        said.textContent = words.lay;
        return true;
      }],
      [words.zero, () => {
        if (now === null) { said.textContent = words.none; return false; }
        zero = now;
        said.textContent = words.limb;
        return true;
      }],
      [words.keep, () => {
        const degrees = turned(zero, now);
        fill(field, Number(field.dataset.low) < 0 ? degrees : Math.abs(degrees));
        window.removeEventListener("deviceorientation", listen);
        zero = now = null;
        said.textContent = "";
        return true;
      }],
    ];
    let step = 0;
    const press = button(steps[0][0], async () => {
      if (!(await steps[step][1]())) return;
      step = (step + 1) % steps.length;
      press.textContent = steps[step][0];
    });
    place.append(press, said);
  };

  for (const field of form.querySelectorAll("input[data-unit]")) {
    if (field.dataset.unit === "seconds") clock(field);
    else if (field.dataset.unit === "degrees" && "DeviceOrientationEvent" in window && navigator.maxTouchPoints > 0) level(field);
  }
})();
