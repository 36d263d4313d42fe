// Apart from main.cjs because a Node without import() could not even parse it.
import("./main.mjs").then(({ main }) => main(process.argv.slice(2)))
