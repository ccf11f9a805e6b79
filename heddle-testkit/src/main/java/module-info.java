/** A virtual clock, a sequencer, time limits for tests, and the contract suites that every executor passes. */
module dev.heddle.testkit {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.asyncio;
  requires transitive dev.heddle.futures;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires jdk.jfr;
  requires jdk.management;

  exports dev.heddle.testkit;
  exports dev.heddle.testkit.contract;
}
