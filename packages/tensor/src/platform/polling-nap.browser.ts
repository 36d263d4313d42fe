/** Browsers wait without polling. */
export function installPollingNap(_software: boolean): Disposable {
  return { [Symbol.dispose]() {} }
}
