/** Closable queues, and pipelines of stages. */
module dev.heddle.queue {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires jdk.jfr;

  exports dev.heddle.queue;
}
