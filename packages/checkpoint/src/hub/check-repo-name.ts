import { HubError } from "./hub-error.ts"

const namePattern = /^[A-Za-z0-9_](?:[\w.-]{0,94}[A-Za-z0-9_])?$/

/** Throws unless `repo` is `name` or `organisation/name` by the hub's rules, so that it is safe in paths and addresses. */
export function checkRepoName(repo: string): void {
  const parts = repo.split("/")
  const legal = parts.length <= 2 && parts.every((part) => namePattern.test(part)) && !/--|\.\./.test(repo)
  if (legal) return
  throw new HubError(`"${repo}" is not the name of a hub repository.`, {
    code: "hub-argument-invalid",
    fix: 'Write it as on the hub: "organisation/name", of letters, digits, "-", "_" and ".".',
  })
}
