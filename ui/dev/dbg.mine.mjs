import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--allow-file-access-from-files"] });
const p = await b.newPage(); p.on("console", m => console.log(m.text()));
await p.goto("http://127.0.0.1:5198/?sample=full#/policy?member=1");
await p.waitForTimeout(800);
console.log(await p.url());
console.log(await p.evaluate(()=>JSON.stringify([...document.querySelectorAll("option")].map(o=>[o.value,o.textContent,o.selected]))));
await b.close();
