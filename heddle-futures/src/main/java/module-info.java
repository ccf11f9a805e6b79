/** Futures and executors: one contract over every engine, and the thread engines. */
@SuppressWarnings("module") // this module does not see the one it opens itself to, which is built on it
module dev.heddle.futures {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.iter;
  requires transitive dev.heddle.timeline;
  requires jdk.jfr;

  exports dev.heddle.futures;
  exports dev.heddle.futures.spi;
  exports dev.heddle.futures.core to
      dev.heddle.asyncio,
      dev.heddle.queue;
  exports dev.heddle.futures.live to
      dev.heddle.asyncio,
      dev.heddle.dispatch,
      dev.heddle.queue;

  // which takes tasks apart to send them: the records and lambdas of these two parts
  opens dev.heddle.futures.map to
      dev.heddle.codec;
  opens dev.heddle.futures.task to
      dev.heddle.codec;
}
