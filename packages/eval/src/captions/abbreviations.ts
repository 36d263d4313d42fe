/**
 * Words that keep their full stop: months, days, states, titles, companies, and what stands before numbers. Of the words
 * that are also ordinary ones, only the capitalised form.
 */
const anyCase =
  "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri " +
  "ala ariz calif colo conn dak del fla ga ind kan kans ky la md mich minn mo mont neb nev okla pa penn tenn tex va vt wis wisc wyo " +
  "mr mrs ms dr drs prof profs sen sens rep reps atty attys lt col gen messrs gov govs adm rev maj sgt cpl pvt mt capt st ste ave " +
  "pres lieut hon brig cmdr comdr pfc spc supt supts det jr sr bros ed.d ph.d blvd rd esq " +
  "inc co cos corp pty ptys ppty pptys ltd plc bancorp dept bhd assn univ intl sys invt elec natl mfg mtg " +
  "prop ph tel est ext sq ft etc al seq vs alex wm jos cie a.k.a cf treas"

const capitalised = "Ark Ill Mass Miss Ore Wash"

/** A regular expression of all of them, without their full stop. */
export const abbreviation = [
  ...anyCase.split(" ").map((word) => anyCaseOf(word)),
  ...capitalised.split(" ").map((word) => `[${word.charAt(0)}]${anyCaseOf(word.slice(1))}`),
].join("|")

function anyCaseOf(word: string): string {
  return [...word].map((letter) => (letter === "." ? "\\." : `[${letter}${letter.toUpperCase()}]`)).join("")
}
