/** An event loop for coroutines, on one thread. */
module dev.heddle.asyncio {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires jdk.jfr;
  requires jdk.unsupported; // signals, by reflection in dev.heddle.base

  exports dev.heddle.asyncio;
}
