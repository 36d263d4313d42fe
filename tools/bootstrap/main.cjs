"use strict"
// The front door of `npm start`, `npm test` and the others. This file is written so that any Node can read it: one that
// is too old to run the rest gets a sentence instead of a syntax error.
var major = Number(process.versions.node.split(".")[0])
if (major < 18) {
  process.stderr.write(
    "llava: this project needs Node 18 or newer to start (found " +
      process.version +
      "); it then gets Node 24 itself.\n",
  )
  process.exit(1)
} else {
  require("./enter.cjs")
}
