/** Meters of executors, pipelines and event loops for Micrometer, and context that reaches their tasks. */
module dev.heddle.micrometer {
  requires static transitive org.jspecify;
  requires transitive context.propagation;
  requires transitive dev.heddle.asyncio;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.process;
  requires transitive dev.heddle.queue;
  requires transitive micrometer.core;
  requires dev.heddle.base;

  exports dev.heddle.micrometer;

  // which takes tasks apart to send them
  opens dev.heddle.micrometer to
      dev.heddle.codec;
}
