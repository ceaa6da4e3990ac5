// Reads a calendar from standard input with ical.js or node-ical, and prints its events as JSON:
// uid, summary, description, start and end as seconds since 1970, sequence, status.
// The folder of their node_modules is named in READERS, since this file isn't in it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(join(process.env.READERS, "package.json")));
const text = readFileSync(0, "utf8");
const seconds = (date) => Math.round(date.getTime() / 1000);

async function withIcalJs() {
  const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toUnixTime(),
      end: event.endDate.toUnixTime(),
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
    };
  });
}

function withNodeIcal() {
  const calendar = require("node-ical").sync.parseICS(text);
  return Object.values(calendar)
    .filter((part) => part.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: seconds(event.start),
      end: seconds(event.end),
      sequence: Number(event.sequence),
      status: event.status,
    }));
}

console.log(JSON.stringify(await (process.argv[2] === "ical.js" ? withIcalJs() : withNodeIcal())));
