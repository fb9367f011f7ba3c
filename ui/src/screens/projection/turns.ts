/** What waits to be drawn: one picture a task, so that the window answers in between. */
const waiting: (() => void)[] = [];

function next() {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(next);
}

/** Runs something when it is its turn; the answer takes it out again. */
export function inTurn(run: () => void): () => void {
  waiting.push(run);
  if (waiting.length === 1) setTimeout(next);
  return () => {
    const at = waiting.indexOf(run);
    if (at >= 0) waiting.splice(at, 1);
  };
}
