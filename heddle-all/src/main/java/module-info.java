/** All single-machine modules of Heddle in one dependency; no code of its own. */
module dev.heddle {
  requires transitive dev.heddle.iter;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires transitive dev.heddle.asyncio;
  requires transitive dev.heddle.subprocess;
  requires transitive dev.heddle.queue;
  requires transitive dev.heddle.process;
}
