/** Closable queues, and pipelines of stages. */
module dev.heddle.queue {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires java.management;
  requires jdk.jfr;

  exports dev.heddle.queue;
}
