/** How the content of a blob is checked: 64 hexadecimal digits are a SHA-256, 40 a git blob SHA-1, others say nothing. */
export type DigestKind = "sha256" | "git-sha1" | "none"

export function digestKind(blob: string): DigestKind {
  if (/^[0-9a-f]{64}$/.test(blob)) return "sha256"
  return /^[0-9a-f]{40}$/.test(blob) ? "git-sha1" : "none"
}
