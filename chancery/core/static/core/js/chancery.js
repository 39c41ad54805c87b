// Two small comforts; every page is complete without them.

const DAY = { day: "numeric", month: "numeric" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function tell(instant, timeZone, parts) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, ...parts }).format(instant);
}

/** The reader's own time behind a time of the seat, where the two clocks differ. */
function addOwnTimes() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const seat = document.documentElement.dataset.zone;
  if (!seat) return;
  for (const time of document.querySelectorAll("time[data-instant]:not([data-told])")) {
    time.dataset.told = "";
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.valueOf())) continue;
    const sameDay = tell(instant, own, DAY) === tell(instant, seat, DAY);
    if (sameDay && tell(instant, own, CLOCK) === tell(instant, seat, CLOCK)) continue;
    const note = document.createElement("span");
    note.className = "own-time";
    const day = sameDay ? {} : { day: "numeric", month: "short" };
    note.textContent = tell(instant, own, { ...day, ...CLOCK, timeZoneName: "short" });
    time.after(" ", note);
  }
}

/** Brings a reader whose form was refused to the list of what to change. */
function focusErrors() {
  document.getElementById("errors")?.focus();
}

function begin() {
  addOwnTimes();
  focusErrors();
}

begin();
document.addEventListener("htmx:after:swap", begin);
