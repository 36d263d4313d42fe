import { Module } from "./module.ts"

class Group extends Module {}

/**
 * A module made of named ones, where a class would only repeat their names:
 * `group({ fc1: new Linear(8, 32), fc2: new Linear(32, 8) })` has the parameters `fc1.weight`, `fc1.bias`, ...
 */
export function group<Members extends Readonly<Record<string, unknown>>>(members: Members): Module & Members {
  return Object.assign(new Group(), members)
}
