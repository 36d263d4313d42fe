/** 16 random bytes in hexadecimal. `crypto.randomUUID` is missing where a phone opens the page by plain HTTP. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
