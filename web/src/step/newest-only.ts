/** Work that is done once at a time; asked for meanwhile, however often, it is done once more. */
export function newestOnly(work: () => Promise<unknown>): () => Promise<void> {
  let [asked, done, working] = [0, 0, false];
  return async () => {
    asked += 1;
    if (working) return;
    working = true;
    while (done < asked) {
      done = asked;
      await work();
    }
    working = false;
  };
}
