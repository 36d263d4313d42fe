/**
 * Loads a peer under the part of its interface that is used here. Peers are installed only when benchmarks run, and
 * types must check without them: so the compiler sees a name that it cannot follow.
 */
export async function loadPeer<Interface>(name: string): Promise<Interface> {
  const loaded = (await import(name)) as Interface & { default?: Interface }
  return loaded.default ?? loaded
}
