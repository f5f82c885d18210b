// Work that several ask for at the same time.

/** The function, but what it is asked again, with the same arguments, it has done already. */
export function once(work) {
  const results = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!results.has(key)) results.set(key, work(...args));
    return results.get(key);
  };
}

/** A function that calls what it is given, at most `count` at a time, first come, first served. */
export function atMost(count) {
  let running = 0;
  const waiting = [];
  return async (work) => {
    if (running === count) await new Promise((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
