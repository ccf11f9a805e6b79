/** All single-machine modules of Heddle in one dependency; no code of its own. */
module dev.heddle {
  requires transitive dev.heddle.iter;
  requires transitive dev.heddle.futures;
}
