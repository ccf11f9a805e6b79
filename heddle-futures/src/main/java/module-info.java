/** Futures and executors: one contract over every engine, and the thread engines. */
module dev.heddle.futures {
  requires static transitive org.jspecify;
  requires transitive dev.heddle.iter;
  requires jdk.jfr;

  exports dev.heddle.futures;
  exports dev.heddle.futures.spi;
}
